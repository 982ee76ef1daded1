<?cs # log.cs - a company's audit log. Reads what shell/head.cs and audit/list.cs read, Audit.Keep. ?><?cs
include:"shell/head.cs" ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Who changed what, and who signed in, is written down and cannot be changed.") ?></p>
</div><?cs if:Audit.Keep ?><a class="button" href="/admin/settings/audit"><?cs var:_("How long to keep it") ?></a><?cs /if ?></div>
<?cs include:"audit/list.cs" ?>
<?cs include:"shell/foot.cs" ?>
