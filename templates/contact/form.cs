<?cs # form.cs - one contact: what is known of the person, others with the same address, and the chats.
Reads what resource/form.cs reads, Contact.{Id,MayReveal,ShowsChats,ChatsFailed,HasMore}, Contact.Tags.N.Text, Contact.Twins.N.{Id,Name,Added,AddedIso},
Contact.Chats.N as History.Rows of chat/history.cs, and Form.Seen. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><bdi><?cs var:Form.Title ?></bdi></h1>
<?cs if:subcount(Contact.Tags) ?><p class="chips"><?cs each:tag = Contact.Tags ?><a class="chip" href="/admin/contacts?q=<?cs var:url_escape(tag.Text) ?>"><?cs var:tag.Text ?></a> <?cs /each ?></p><?cs /if ?>
</div>
<?cs if:Contact.MayReveal ?><form method="post" action="/admin/contacts/<?cs var:url_escape(Contact.Id) ?>/reveal"><?cs call:form_token() ?><button type="submit" class="button" title="<?cs var:_("It is written to the audit log.") ?>"><?cs var:_("Uncover") ?></button></form><?cs /if ?>
</div>
<?cs if:subcount(Contact.Twins) ?><div class="notice warn"><div><?cs var:_("Others with the same e-mail:") ?>
<ul><?cs each:twin = Contact.Twins ?><li><a href="/admin/contacts/<?cs var:url_escape(twin.Id) ?>"><bdi><?cs var:twin.Name ?></bdi></a> <span class="soft"><time datetime="<?cs var:twin.AddedIso ?>"><?cs var:twin.Added ?></time></span><?cs if:Contact.Id && Form.MayWrite ?> · <a href="/admin/contacts/<?cs var:url_escape(Contact.Id) ?>/merge?other=<?cs var:url_escape(twin.Id) ?>"><?cs var:_("Merge into this one…") ?></a><?cs /if ?></li><?cs /each ?></ul></div></div><?cs /if ?>
<?cs include:"resource/form_body.cs" ?>
<?cs if:Contact.ShowsChats || Contact.ChatsFailed ?><section class="card list chats" aria-labelledby="chats">
<div class="list-head"><h2 id="chats"><?cs var:_("Earlier chats") ?></h2></div>
<?cs if:Contact.ChatsFailed ?><div class="empty"><p><?cs var:_("The chats cannot be shown at the moment.") ?></p></div><?cs
elif:subcount(Contact.Chats) ?><div class="table" role="region" aria-labelledby="chats" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Started") ?></th><th scope="col"><?cs var:_("Last message") ?></th><th scope="col"><?cs var:_("Queue") ?></th><th scope="col"><?cs var:_("Agent") ?></th><th scope="col"><?cs var:_("Outcome") ?></th><th scope="col"><?cs var:_("Duration") ?></th></tr></thead>
<tbody><?cs each:row = Contact.Chats ?>
<tr><th scope="row" class="main"><a href="/admin/history/<?cs var:url_escape(row.Id) ?>"><time datetime="<?cs var:row.StartedIso ?>"><?cs var:row.Started ?></time></a></th>
<td class="text" data-label="<?cs var:_("Last message") ?>"><span class="cut" dir="auto"><?cs var:row.Text ?></span></td>
<td data-label="<?cs var:_("Queue") ?>"><?cs var:row.Queue ?></td>
<td data-label="<?cs var:_("Agent") ?>"><?cs if:row.Agent ?><?cs var:row.Agent ?><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<td data-label="<?cs var:_("Outcome") ?>"><span class="state" data-value="<?cs var:row.State ?>"><?cs var:row.Outcome ?></span></td>
<td class="number" data-label="<?cs var:_("Duration") ?>"><?cs var:row.Duration ?></td></tr><?cs /each ?>
</tbody></table></div><?cs if:Contact.HasMore ?>
<div class="pager"><span></span><a class="button small" href="/admin/history?contact=<?cs var:url_escape(Contact.Id) ?>"><?cs var:_("All chats with this contact") ?></a></div><?cs /if ?><?cs
else ?><div class="empty"><p><?cs var:_("There was no chat with this contact yet, or none that you may see.") ?></p></div><?cs /if ?>
</section><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
