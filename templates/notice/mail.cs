<?cs # mail.cs - how a company sends its mails: settings, a test mail, and what became of the newest ones.
Reads what shell/head.cs and shell/form.cs read, Form.{Title,Intro,Action,MayWrite}, Mail.Test.{State,Word,Problem,To,Time,TimeIso},
Mail.Newest.N.{Title,To,State,Word,Problem,Time,TimeIso}, Mail.Reader.{Value,Problem} after a test mail without an address. ?><?cs
include:"shell/form.cs" ?><?cs
def:mail_state(mail) ?><span class="state mail-<?cs var:mail.State ?>" data-value="<?cs if:mail.State == "sent" ?>active<?cs elif:mail.State == "waiting" ?>away<?cs else ?>bad<?cs /if ?>"><?cs var:mail.Word ?></span><?cs /def ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/mail.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:Form.Title ?></h1><?cs if:Form.Intro ?>
<p class="soft"><?cs var:Form.Intro ?></p><?cs /if ?></div></div>
<?cs call:form_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs call:form_fields() ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Save") ?></button></div><?cs /if ?>
</form>
<section class="card form mail-test" aria-labelledby="test">
<h2 id="test"><?cs var:_("Test mail") ?></h2>
<p class="soft"><?cs var:_("It goes out as all other mails do, by the settings that were saved last.") ?></p><?cs if:Mail.Test.State ?>
<p class="mail-outcome" role="status"><strong><?cs call:mail_state(Mail.Test) ?></strong> <span><?cs var:Mail.Test.To ?>, <time datetime="<?cs var:Mail.Test.TimeIso ?>"><?cs var:Mail.Test.Time ?></time></span><?cs if:Mail.Test.Problem ?>
<code><?cs var:Mail.Test.Problem ?></code><?cs /if ?><?cs if:Mail.Test.State == "waiting" ?>
<a href="/admin/settings/mail"><?cs var:_("Look again") ?></a><?cs /if ?></p><?cs /if ?>
<?cs if:Form.MayWrite ?><form class="mail-send" method="post" action="/admin/settings/mail/test">
<?cs call:form_token() ?>
<label for="f-reader"><?cs var:_("Recipient") ?></label>
<input type="email" id="f-reader" name="reader" required maxlength="254" autocomplete="email"<?cs if:Mail.Reader.Problem ?> value="<?cs var:Mail.Reader.Value ?>" aria-invalid="true" aria-describedby="p-reader" autofocus<?cs else ?> value="<?cs var:Mail.Test.To ?>"<?cs /if ?>>
<button type="submit" class="button"><?cs var:_("Send a test mail") ?></button><?cs if:Mail.Reader.Problem ?>
<p class="problem" id="p-reader"><?cs var:Mail.Reader.Problem ?></p><?cs /if ?>
</form><?cs /if ?>
</section>
<section class="card list mail-newest" aria-labelledby="newest">
<div class="list-head"><h2 id="newest"><?cs var:_("Newest mails") ?></h2></div><?cs if:subcount(Mail.Newest) ?>
<div class="table" role="region" aria-labelledby="newest" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Recipient") ?></th><th scope="col"><?cs var:_("Mail") ?></th><th scope="col"><?cs var:_("State") ?></th><th scope="col"><?cs var:_("Answer of the mail server") ?></th><th scope="col"><?cs var:_("Time") ?></th></tr></thead>
<tbody><?cs each:mail = Mail.Newest ?>
<tr><th scope="row" class="main"><?cs var:mail.To ?></th>
<td data-label="<?cs var:_("Mail") ?>"><?cs var:mail.Title ?></td>
<td data-label="<?cs var:_("State") ?>"><?cs call:mail_state(mail) ?></td>
<td class="text" data-label="<?cs var:_("Answer of the mail server") ?>"><?cs if:mail.Problem ?><?cs var:mail.Problem ?><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<td class="time" data-label="<?cs var:_("Time") ?>"><time datetime="<?cs var:mail.TimeIso ?>"><?cs var:mail.Time ?></time></td></tr><?cs /each ?>
</tbody>
</table></div><?cs else ?>
<p class="soft mail-none"><?cs var:_("No mail has gone out yet. The mails of the last 30 days are listed here.") ?></p><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
