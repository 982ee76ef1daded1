/* SPDX-License-Identifier: BSD-2-Clause */
/* demo_text.c - who works at the demo companies, and what their visitors asked. */
#include "programs/demo_text.h"

static const struct demo_queue sales = { "Sales", "Questions before an order" };
static const struct demo_queue support = { "Support", "Orders, returns and repairs" };

const struct demo_company demo_companies[DEMO_COMPANIES] = { {
	.code = "peak", .name = "Peak & Pine Outdoor", .zone = "Europe/Berlin", .widget_key = "peakDemoWidgetKey00001",
	.colour = "#1f6f4a", .title = "Peak & Pine", .greeting = "Hello! Looking for gear, or is it about an order? We are here to help.",
	.queues = { &sales, &support },
	.agents = {
		{ "anna", "Anna", "Weber", "Head of service", 6 }, { "ben", "Ben", "Okafor", "Gear adviser", 4 },
		{ "carla", "Carla", "Mendes", "Gear adviser", 4 }, { "david", "David", "Lindqvist", "Returns and repairs", 3 },
		{ "elif", "Elif", "Kaya", "Customer service", 3 }
	},
	.skills = { "Climbing gear", "Repairs", "French" },
	.holidays = { { "Christmas Day", "2026-12-25" }, { "New Year", "2027-01-01" }, { "Labour Day", "2027-05-01" } },
	.pages = {
		{ "/", "Peak & Pine – gear for every trail" }, { "/tents", "Tents" }, { "/tents/larch-2", "Larch 2 – two-person tent" },
		{ "/boots", "Boots" }, { "/account/orders", "Your orders" }
	},
	.scripts = {
		{ 0, { "Hi, does the Larch 2 tent come with a footprint?",
			">Hello @! The footprint is sold on its own, but it is in the set this month.", "Oh nice. Which set?",
			">“Larch weekend set”: tent, footprint and two repair sleeves for 389.", "And it packs to how many litres?",
			">About 9 litres without the poles. It fits beside a sleeping bag in a 50 litre pack.", "Perfect, thank you #!",
			">You are welcome. Enjoy the trip!", NULL } },
		{ 1, { "My order 48213 says delivered but there is nothing here.",
			">I am sorry to hear that, @. Let me look it up.", ">The driver noted “left with neighbour, no. 14”.",
			"Ah, that's the Kowalskis. I'll ask them.", ">If it is not there, write again and I start a search right away.",
			"Found it! Thanks for the quick help 🙂", NULL } },
		{ 0, { "Which boot would you take for wet autumn hikes, the Ridge or the Moor?",
			">The Moor: its membrane is lined up to the ankle. The Ridge dries faster but lets water in at the tongue.",
			"I have rather wide feet.", ">Then take the Moor in the W last. We have 41 to 46 in stock.",
			"Can I send them back if they don't fit?", ">Within 60 days, free of charge, as long as they were worn indoors only.",
			"Great, ordering now.", NULL } },
		{ 1, { "The zip of my jacket broke after four months. Is this covered?",
			">Yes, zips are covered for three years. Could you send a photo of it and the order number?", "Order 47702. Photo in a minute.",
			">Thank you. I can see the slider is worn. We repair it within a week, or send a new jacket if we have your size.",
			"Repair is fine, I like this one.", ">The label for the parcel is on its way to your mail.", NULL } },
		{ 0, { "do you ship to Norway?", ">We do, @: 3 to 5 days, duties are included in the price you see at the checkout.",
			"and returns?", ">They go to our partner in Oslo, so no customs form is needed.", "tusen takk!", NULL } },
		{ 1, { "Can I change the address of an order I placed an hour ago?",
			">Give me the number and the new address, I will try before it is packed.", "48377, please send it to Lindenstr. 8, 04177 Leipzig",
			">Done. You will get a new confirmation in a few minutes.", "Brilliant.", NULL } },
		{ 0, { "Is the sleeping bag warm enough for -5?", ">The comfort rating is -3. With a liner you are fine down to about -7.",
			"And the long version?", ">Same rating, 215 cm, 120 g heavier. It is back in stock on Thursday.", "I'll wait for that then. Thanks", NULL } },
		{ 1, { "I returned two items three weeks ago and got money for one only.",
			">That should not be. Which order was it, @?", "46990", ">I see it: the second one was booked to another order. I have corrected it now.",
			"When will I see it?", ">Two or three working days. I am sorry for the trouble.", "No problem, thanks for sorting it out.", NULL } }
	} }, {
	.code = "lumen", .name = "Casa Lumen", .zone = "Europe/Lisbon", .widget_key = "lumenDemoWidgetKey0001",
	.colour = "#8a4b2a", .title = "Casa Lumen", .greeting = "Welcome to Casa Lumen. Ask us about lamps, lead times and fabrics.",
	.queues = { &sales, &support },
	.agents = {
		{ "ines", "Inês", "Carvalho", "Owner", 5 }, { "tomas", "Tomás", "Ribeiro", "Light planning", 3 },
		{ "marie", "Marie", "Dubois", "Sales", 3 }, { "jorge", "Jorge", "Pinto", "Workshop", 2 }, { "sofia", "Sofía", "Ortega", "Service", 4 }
	},
	.skills = { "Light planning", "French", "Workshop" },
	.holidays = { { "Natal", "2026-12-25" }, { "Ano Novo", "2027-01-01" }, { "Dia da Liberdade", "2027-04-25" } },
	.pages = {
		{ "/", "Casa Lumen" }, { "/lamps", "Lamps" }, { "/lamps/arco", "Arco floor lamp" }, { "/fabrics", "Fabrics" }, { "/care", "Care" }
	},
	.scripts = {
		{ 0, { "Hello, how long is the lead time for the Arco in brass?", ">Good morning @. Six weeks at the moment.",
			"Could it be ready before the 20th of December?", ">If you order this week, yes. I would reserve the brass for you.",
			"Please do, I'll pay today.", NULL } },
		{ 0, { "Do you have the linen shade in a darker green?", ">We have “Moss” and “Pine”. I can send you both samples.",
			"That would be lovely.", ">They leave tomorrow, free of charge.", NULL } },
		{ 1, { "A glass broke in transport.", ">I am so sorry. Could you send a photo of the box and the glass?",
			"Sent.", ">Thank you, a new glass leaves the workshop on Monday.", "Obrigada!", NULL } },
		{ 1, { "Which bulb goes into the Vela?", ">E27, up to 60 W, or an LED of at most 8 W. We recommend 2700 K.", "Thanks!", NULL } },
		{ 0, { "Can the pendant hang from a sloped ceiling?", ">Yes, with the tilted canopy. It is 19 more and ready within a week.",
			"How steep may it be?", ">Up to 35 degrees.", "Ours is 30, perfect.", NULL } },
		{ 1, { "How do I clean the brass?", ">A soft dry cloth. No polish, it takes the lacquer off.", "Good to know, thank you #.", NULL } },
		{ 0, { "Bonjour, livrez-vous en Belgique ?", ">Bonjour @ ! Oui, en cinq jours ouvrables.", "Et le montage ?",
			">À Bruxelles et Anvers, sur rendez-vous.", "Merci beaucoup.", NULL } },
		{ 1, { "¿Puedo cambiar la pantalla de mi pedido?", ">Claro, @. ¿Cuál le gustaría?", "La de lino crudo.",
			">Hecho, el precio es el mismo.", "¡Gracias!", NULL } }
	} }
};

const char *const demo_away[DEMO_AWAY] = { "Lunch", "Training" };

const struct demo_canned demo_canned[] = {
	{ "Greeting", "Start", "hi", "Hello {{visitor.name}}, this is {{agent.name}}. How can I help you?" },
	{ "One moment", "Start", "moment", "One moment please, I am looking it up for you." },
	{ "Order number", "Orders", "order", "Could you tell me your order number, please? It is in the confirmation mail." },
	{ "Return label", "Orders", "return", "You can send it back within 60 days, free of charge. The label is on its way to your mail." },
	{ "Delivery time", "Orders", "delivery", "Orders placed before 14:00 leave our house the same day and arrive within two to three working days." },
	{ "Photo, please", "Repairs", "photo", "Could you send a photo of it? The paper clip below the text box takes pictures and documents." },
	{ "Still there?", "End", "there", "Are you still there, {{visitor.name}}? Take your time; I am here." },
	{ "Goodbye", "End", "bye", "Thank you for your visit, {{visitor.name}}. Have a nice day!" },
	{ NULL, NULL, NULL, NULL }
};

const char *const demo_first_names[DEMO_FIRST_NAMES] = {
	"Maria", "Jonas", "Aisha", "Lukas", "Chloé", "Mateo", "Sofia", "Oliver", "Yuki", "Fatima", "Noah", "Emma", "Liam", "Ingrid", "Pavel",
	"Grace", "Hugo", "Nora", "Samuel", "Leïla", "Daniel", "Zofia", "Arjun", "Beatriz"
};

const char *const demo_last_names[DEMO_LAST_NAMES] = {
	"Schneider", "Rossi", "Silva", "Novak", "Martin", "Garcia", "Haddad", "Jensen", "Tanaka", "Murphy", "Kowalski", "Andersson", "Costa",
	"Moreau", "Fischer", "Nguyen", "Walker", "Petrov", "Santos", "Bakker", "Larsen", "Mehta", "Dubois", "Lopez"
};

const char *const demo_browsers[DEMO_BROWSERS] = {
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15"
};
