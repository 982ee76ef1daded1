/* SPDX-License-Identifier: BSD-2-Clause */
/* password_list.c - the passwords of eight characters and more that attackers try first, out of the lists that thefts have made public. */
#include <stdlib.h>
#include <strings.h>

#include "core/check.h"
#include "rooms/people/people_rules.h"

/* In the order of strcmp(), small letters. One character all over ("aaaaaaaa") is a rule of its own. */
static const char *const common_passwords[] = {
	"01020304", "01234567", "012345678", "0123456789", "10203040", "102030405", "11112222", "111222333", "11223344",
	"112233445566", "11235813", "12121212", "121212121212", "123123123", "123123123123", "1231231234", "123321123",
	"123321123321", "12341234", "12344321", "1234554321", "12345654321", "1234567654321", "12345678", "123456788",
	"123456789", "1234567890", "1234567890a", "1234567891", "123456789a", "123456789q", "123456789z", "12345678a",
	"12345678q", "12345679", "1234567a", "12345687", "123456aa", "123456abc", "123456asd", "123456qwe", "123456qwerty",
	"12345abc", "12345qwert", "1234abcd", "1234asdf", "1234qwer", "123654789", "123698745", "123abc123", "123abc456",
	"123qwe123", "123qwe456", "123qweasd", "123qweasdzxc", "12413456", "124578963", "12qwaszx", "13131313",
	"1313131313", "134679852", "135792468", "1357924680", "135798642", "14141414", "142536475869", "147258369",
	"147852369", "147896325", "1478963250", "15151515", "159357258", "159357456", "159753159", "159753456", "159951159",
	"1a2b3c4d", "1a2s3d4f", "1password", "1q2w3e4r", "1q2w3e4r!", "1q2w3e4r5", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz!qaz",
	"1qaz2wsx", "1qaz2wsx3edc", "1qaz@wsx", "1qazxsw2", "1qazxsw23edc", "1qwerty1", "20202020", "2020202020",
	"21212121", "23232323", "23456789", "234567890", "24681012", "246813579", "25252525", "25802580", "258456258",
	"26262626", "31415926", "314159265", "321321321", "369258147", "456456456", "45678912", "456789123", "4815162342",
	"567891234", "74108520", "741852963", "7418529630", "753159456", "77777778", "789456123", "7894561230", "789654123",
	"789789789", "852456852", "87654321", "951753852", "963852741", "9638527410", "963852963", "98765432", "987654321",
	"9876543210", "987654321a", "98989898", "a1234567", "a12345678", "a123456789", "a1b2c3d4", "a1b2c3d4e5", "a1s2d3f4",
	"aa123123", "aa123456", "aa12345678", "aaa111222", "aaaa1111", "abc12345", "abc123456", "abc123abc", "abc123def",
	"abcabcabc", "abcd1234", "abcd12345", "abcd123456", "abcde123", "abcde12345", "abcdef123", "abcdefg1", "abcdefgh",
	"abcdefgh1", "abcdefghi", "abcdefghij", "access14", "admin123", "admin1234", "admin12345", "admin123456",
	"admin2020", "admin2023", "admin2024", "admin2025", "admin@123", "adminadmin", "administracao", "administracion",
	"administrador", "administrateur", "administrator", "alejandra", "alejandro", "alexander", "alexandra", "alexandre",
	"amanda123", "america1", "anderson", "andrea123", "andrew123", "angel123", "angelica", "angelina", "anthony1",
	"apple123", "arsenal1", "arsenal123", "asd12345", "asd123456", "asdasd123", "asdasdasd", "asdf1234", "asdf12345",
	"asdf;lkj", "asdfasdf", "asdfg123", "asdfg12345", "asdfghjk", "asdfghjkl", "asdfghjkl1", "asdfghjkl;", "asdqwe123",
	"asdzxc123", "ashley123", "azerty12", "azerty123", "azerty1234", "azerty123456", "azertyui", "azertyuiop",
	"baby1234", "babygirl", "babygirl1", "backspace", "badminton", "barbara1", "barcelona", "barcelona1", "baseball",
	"baseball1", "basketball", "batman123", "benfica1", "bienvenue", "bienvenue1", "bigdaddy", "billabong", "blahblah",
	"blessed1", "blink182", "bonjour1", "bonjour123", "brandon1", "brooklyn", "bubblegum", "bubbles1", "buddy123",
	"bulldogs", "butterfly", "butterfly1", "california", "callcenter", "cameron1", "caroline", "catherine", "champion",
	"changeit", "changeme", "changeme1", "changeme123", "charles1", "charlie1", "charlie123", "chat1234", "chatchat",
	"chelsea1", "chelsea123", "chocolat", "chocolate", "chocolate1", "chouchou", "christian", "christina", "christine",
	"christmas", "client123", "cliente1", "cliente123", "cocacola", "company1", "company123", "computer", "computer1",
	"computer123", "consumer", "contrasena", "corvette", "cowboys1", "cristiano", "cristina", "customer", "customer1",
	"customer123", "daniel123", "danielle", "database", "default1", "default123", "demodemo", "diamond1", "dolphin1",
	"dolphins", "doudou123", "dragon12", "dragon123", "dragonball", "einstein", "elephant", "elizabeth", "elizabeth1",
	"emmanuel", "empresa1", "empresa123", "empresa1234", "entreprise", "estrella", "ewqewq123", "facebook", "facebook1",
	"fernando", "ferrari1", "flower123", "flowers1", "football", "football1", "football10", "football12", "football123",
	"forever1", "formula1", "francois", "freedom1", "friends1", "futebol1", "futebol123", "gabriel1", "gabriela",
	"gateway1", "gemini123", "geronimo", "gfhjkmgfhjkm", "giovanni", "goldfish", "goodluck", "google123", "gordon24",
	"greenday", "greenday1", "guitar123", "hahahaha", "hannah123", "hark1234", "harkhark", "harley123", "heather1",
	"hello123", "hello1234", "hello12345", "hellohello", "helloworld", "helpdesk", "helpdesk1", "helpdesk123",
	"hockey123", "hola1234", "hunter123", "iloveme1", "iloveu123", "iloveyou", "iloveyou!", "iloveyou1", "iloveyou12",
	"iloveyou123", "iloveyou2", "inter1908", "internet", "internet1", "isabella", "jackson1", "jasmine1", "jennifer",
	"jennifer1", "jessica1", "jessica123", "johnson1", "jonathan", "jordan123", "jordan23", "jordan23!", "joshua123",
	"juventus", "juventus1", "k1234567", "killer123", "kimberly", "kristina", "lakers24", "lalalala", "letmein!",
	"letmein1", "letmein12", "letmein123", "letmeinnow", "lhfrjyrf1", "linkinpark", "livechat", "livechat1",
	"liverpool", "liverpool1", "login123", "lollipop", "london123", "loulou123", "loveforever", "lovelove", "loveme123",
	"loveyou1", "lucky123", "m1234567", "madison1", "manchester", "manutd123", "margarita", "marie123", "marlboro",
	"marseille", "martinez", "master12", "master123", "matrix123", "matthew1", "maverick", "maxwell1", "megadeth",
	"melissa1", "mercedes", "mercedes1", "metallic", "metallica", "michael1", "michael123", "michelle", "microsoft",
	"midnight", "midnight1", "millions", "minecraft", "minecraft1", "monkey12", "monkey123", "monkey1234", "monster1",
	"morgan123", "motdepasse", "motdepasse1", "motdepasse123", "mother123", "mustang1", "mustang123", "naruto123",
	"nathalie", "newpass1", "newpassword", "newyork1", "nicholas", "nicolas1", "ninja123", "nirvana1", "nothing1",
	"number1one", "october1", "office123", "office365", "olivier1", "omega123", "operador", "operador1", "operator",
	"ordinateur", "p4ssw0rd", "p@$$w0rd", "p@55w0rd", "p@ssw0rd", "p@ssw0rd!", "p@ssw0rd1", "p@ssw0rd123", "p@ssword",
	"p@ssword1", "p@ssword123", "panther1", "parola12", "parola123", "pass1234", "pass12345", "pass123456", "pass@123",
	"pass@1234", "pass@word1", "passe123", "passpass", "passw0rd", "passw0rd!", "passw0rd1", "passw0rd123", "passwd123",
	"password", "password!", "password0", "password00", "password01", "password1", "password1!", "password10",
	"password11", "password12", "password123", "password123!", "password1234", "password123456", "password2",
	"password2020", "password2021", "password2022", "password2023", "password2024", "password2025", "password3",
	"password4", "password5", "password69", "password7", "password8", "password9", "password99", "password@1",
	"password@123", "passwords", "passwort", "passwort1", "passwort123", "patricia", "patrick1", "peaches1",
	"peanut123", "pepper123", "phoenix1", "pikachu1", "playboy1", "playstation", "please123", "poiuytrewq", "pokemon1",
	"pokemon123", "portugal", "portugal1", "princesa", "princess", "princess1", "princess12", "princess123",
	"princesse", "property", "q1w2e3r4", "q1w2e3r4!", "q1w2e3r4t5", "q1w2e3r4t5y6", "qazwsx12", "qazwsx123",
	"qazwsx1234", "qazwsxed", "qazwsxedc", "qazxswedc", "qq123456", "qwaszx12", "qwe123456", "qwe123qwe", "qweasd123",
	"qweasdzx", "qweasdzxc", "qweasdzxc1", "qweqwe123", "qweqweqwe", "qwer1234", "qwer12345", "qwer4321", "qwerasdf",
	"qwert123", "qwert1234", "qwert12345", "qwerty00", "qwerty01", "qwerty1!", "qwerty11", "qwerty12", "qwerty123",
	"qwerty1234", "qwerty12345", "qwerty123456", "qwerty1234567", "qwerty22", "qwerty321", "qwerty78", "qwerty789",
	"qwerty99", "qwertyqwerty", "qwertyu1", "qwertyui", "qwertyui1", "qwertyuiop", "qwertyuiop1", "qwertyuiop123",
	"qwertyuiop[]", "qwertz123", "qwertzui", "qwertzuiop", "ranger12", "rangers1", "realmadrid", "rebecca1", "remember",
	"ricardo1", "richard1", "robert123", "rockstar", "rockyou1", "ronaldinho", "ronaldo7", "root1234", "rootroot",
	"rush2112", "sabrina1", "sales123", "samantha", "samsung1", "samsung123", "santiago", "sapphire", "scooter1",
	"scorpio1", "scorpion", "seattle1", "sebastian", "secret12", "secret123", "secret1234", "security", "senha123",
	"senha1234", "senha12345", "septembre", "serenity", "server123", "service1", "shadow123", "shannon1", "simone123",
	"slipknot", "slipknot1", "snickers", "snoopy12", "snowball", "soccer10", "soccer12", "soccer123", "softball",
	"soleil123", "soporte1", "soporte123", "spiderman", "spiderman1", "spongebob", "starwars", "starwars1", "steelers",
	"stella12", "stephanie", "steven123", "summer12", "summer123", "summer2020", "summer2023", "summer2024",
	"summer2025", "summertime", "sunflower", "sunshine", "sunshine1", "sunshine12", "sunshine123", "superman",
	"superman1", "superman123", "superstar", "suporte1", "suporte123", "support1", "support123", "supportsupport",
	"sweet123", "swordfish", "sysadmin", "sysadmin1", "system123", "taylor123", "teamteam", "teddybear", "telephone",
	"temp1234", "temporary", "temporary1", "temppass", "test1234", "test12345", "test123456", "teste123", "tester123",
	"testing1", "testing123", "testpass", "testpassword", "testtest", "thailand", "thebest1", "thomas123", "thunder1",
	"tigger12", "tigger123", "tinkerbell", "tomorrow", "toyota123", "treasure", "trustno1", "trustno1!", "tunafish",
	"tweety123", "tyler123", "undertaker", "universal", "universe", "user1234", "username", "utilisateur", "vacation",
	"valentin", "valentina", "vanessa1", "vendas123", "ventas123", "verbatim", "veronica", "vfhbyjxrf", "victoria",
	"victoria1", "vincent1", "volleyball", "w1234567", "warcraft", "warrior1", "watermelon", "welcome!", "welcome1",
	"welcome12", "welcome123", "welcome123!", "welcome1234", "welcome2", "welcome2020", "welcome2023", "welcome2024",
	"welcome2025", "welcome@123", "westside", "whatever", "whatever1", "william1", "williams", "windows1", "windows10",
	"winner123", "winter123", "winter2023", "winter2024", "winter2025", "wolverine", "wordpass", "x1234567", "xbox360!",
	"yankees1", "yellow12", "yellow123", "zaq!2wsx", "zaq12wsx", "zaq12wsxcde3", "zaq1xsw2", "zaq1zaq1", "zaqwsxcde",
	"zidane10", "zxc12345", "zxc123456", "zxcasdqwe", "zxcasdqwe123", "zxcv1234", "zxcvbnm,", "zxcvbnm1", "zxcvbnm12",
	"zxcvbnm123", "zxcvbnm1234", "zxcvbnma", "zxcvbnmz"
};

static int
password_compare(const void *password, const void *entry)
{
	return strcasecmp(password, *(const char *const *)entry);
}

bool
people_password_is_common(const char *password)
{
	return bsearch(password, common_passwords, COUNT_OF(common_passwords), sizeof(common_passwords[0]), password_compare) != NULL;
}

bool
people_password_list_is_sorted(void)
{
	size_t i;

	for (i = 1; i < COUNT_OF(common_passwords); i++)
		if (strcasecmp(common_passwords[i - 1], common_passwords[i]) >= 0)
			return false;
	return true;
}
