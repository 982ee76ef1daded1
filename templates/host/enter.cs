<?cs # enter.cs - what a link opens, once the button is pressed; with Goes the script presses it. Reads what shell/plain_head.cs and shell/form.cs read,
Enter.{Company,Path,Goes}, and Enter.{SignsIn,SignsOut,From} or Enter.Seen. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<h1><?cs var:Enter.Company ?></h1>
<?cs if:Enter.SignsIn ?><p><?cs var:Enter.SignsIn ?></p>
<?cs if:Enter.SignsOut ?><p><?cs var:Enter.SignsOut ?></p>
<?cs /if ?><p class="soft small"><?cs var:Enter.From ?></p><?cs
else ?><p><?cs var:_("You view the control panel of this company: reading only, for at most an hour.") ?></p>
<p class="soft small"><?cs var:Enter.Seen ?></p><?cs /if ?>
<form method="post" action="<?cs var:url_validate(Enter.Path) ?>"<?cs if:Enter.Goes ?> data-goes<?cs /if ?>><?cs call:form_token() ?>
<p class="actions"><button type="submit" class="button main"><?cs if:Enter.SignsIn ?><?cs var:_("Sign in") ?><?cs else ?><?cs var:_("View") ?><?cs /if ?></button></p>
</form>
<?cs include:"shell/plain_foot.cs" ?>
