<?cs # preview.cs - a contact in short, as a piece of a page: static/admin.js shows it beside a row of the list.
Reads Contact.{Name,Email,Phone,Username,Company,Tags,Remark,ShowsChats}, Contact.Chats.N.{StartedIso,Started,Text,Agent}. ?><div>
<p class="name"><bdi><?cs var:Contact.Name ?></bdi></p>
<?cs if:Contact.Company ?><p class="soft"><bdi><?cs var:Contact.Company ?></bdi></p><?cs /if ?>
<dl class="facts"><?cs if:Contact.Email ?>
<div><dt><?cs var:_("E-mail") ?></dt><dd><bdi><?cs var:Contact.Email ?></bdi></dd></div><?cs /if ?><?cs if:Contact.Phone ?>
<div><dt><?cs var:_("Phone") ?></dt><dd><bdi><?cs var:Contact.Phone ?></bdi></dd></div><?cs /if ?><?cs if:Contact.Username ?>
<div><dt><?cs var:_("Username") ?></dt><dd><bdi><?cs var:Contact.Username ?></bdi></dd></div><?cs /if ?><?cs if:Contact.Tags ?>
<div><dt><?cs var:_("Tags") ?></dt><dd><bdi><?cs var:Contact.Tags ?></bdi></dd></div><?cs /if ?>
</dl><?cs if:Contact.Remark ?>
<p class="remark" dir="auto"><?cs var:Contact.Remark ?></p><?cs /if ?><?cs if:subcount(Contact.Chats) ?>
<p class="soft"><?cs var:_("Last chat") ?> <time datetime="<?cs var:Contact.Chats.0.StartedIso ?>"><?cs var:Contact.Chats.0.Started ?></time><?cs if:Contact.Chats.0.Agent ?> · <?cs var:Contact.Chats.0.Agent ?><?cs /if ?></p>
<p class="cut" dir="auto"><?cs var:Contact.Chats.0.Text ?></p><?cs elif:Contact.ShowsChats ?>
<p class="soft"><?cs var:_("There was no chat with this contact yet, or none that you may see.") ?></p><?cs /if ?>
</div>
