<?cs # audit.cs - what operators did, and what happened to the installation. Reads what host/head.cs and audit/list.cs read. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("What operators, their keys and the command did, and sign-ins that belong to no company. Nothing here can be changed. Times are UTC.") ?></p>
</div></div>
<?cs include:"audit/list.cs" ?>
<?cs include:"shell/foot.cs" ?>
