<?cs # revealed.cs - the masked data of one contact, uncovered this once.
Reads what shell/head.cs reads, and Contact.{Id,Email,Phone,Username}. ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="/admin/contacts/<?cs var:url_escape(Contact.Id) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Back") ?></a></p>
<h1><bdi><?cs var:Title ?></bdi></h1>
<p class="lead"><?cs var:_("It is written to the audit log that you have uncovered this.") ?></p>
</div></div>
<div class="card"><dl class="facts uncovered"><?cs if:Contact.Email ?>
<div><dt><?cs var:_("E-mail") ?></dt><dd><bdi><?cs var:Contact.Email ?></bdi></dd></div><?cs /if ?><?cs if:Contact.Phone ?>
<div><dt><?cs var:_("Phone") ?></dt><dd><bdi><?cs var:Contact.Phone ?></bdi></dd></div><?cs /if ?><?cs if:Contact.Username ?>
<div><dt><?cs var:_("Username") ?></dt><dd><bdi><?cs var:Contact.Username ?></bdi></dd></div><?cs /if ?>
</dl></div>
<?cs include:"shell/foot.cs" ?>
