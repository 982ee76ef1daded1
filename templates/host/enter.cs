<?cs # enter.cs - what a link opens, once the button is pressed; with Goes the script presses it. Reads what shell/plain_head.cs and shell/form.cs read,
Enter.{Company,Agent,By,Path,Goes,Instead}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<h1><?cs var:Enter.Company ?></h1>
<?cs if:Enter.Agent ?><p><?cs var:_("This link signs you in as") ?> <strong><?cs var:Enter.Agent ?></strong>.</p>
<?cs if:Enter.Instead ?><p><?cs var:_("In this browser it signs out") ?> <strong><?cs var:Enter.Instead ?></strong>.</p>
<?cs /if ?><p class="soft small"><?cs var:_("It works once. The company’s audit log says that it came from") ?> <?cs var:Enter.By ?>.</p><?cs
else ?><p><?cs var:_("You view the control panel of this company: reading only, for at most an hour.") ?></p>
<p class="soft small"><?cs var:_("The company sees each page that you open, with your name:") ?> <?cs var:Enter.By ?>.</p><?cs /if ?>
<form method="post" action="<?cs var:url_validate(Enter.Path) ?>"<?cs if:Enter.Goes ?> data-goes<?cs /if ?>><?cs call:form_token() ?>
<p class="actions"><button type="submit" class="button main"><?cs if:Enter.Agent ?><?cs var:_("Sign in") ?><?cs else ?><?cs var:_("View") ?><?cs /if ?></button></p>
</form>
<?cs include:"shell/plain_foot.cs" ?>
