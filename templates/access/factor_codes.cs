<?cs # factor_codes.cs - recovery codes, shown once. Reads what access/head.cs and shell/form.cs read, Codes.N.Text, Factor.{Base,Next}. ?><?cs
include:"shell/form.cs" ?><?cs
include:"access/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Your recovery codes") ?></h1>
<p class="lead"><?cs var:_("Each of them lets you in once when your phone is lost. They are shown only now: keep them where you keep what is important, not on the phone.") ?></p></div></div>
<form class="card access-card" method="post" action="<?cs var:url_validate(Factor.Base) ?>/codes.txt">
<?cs call:form_token() ?>
<ul class="codes"><?cs each:code = Codes ?>
<li><code><?cs var:code.Text ?></code><input type="hidden" name="code" value="<?cs var:code.Text ?>"></li><?cs /each ?>
</ul>
<div class="actions"><button type="submit" class="button"><?cs var:_("Download as text") ?></button>
<a class="button main" href="<?cs var:url_validate(Factor.Next) ?>"><?cs var:_("I have kept them") ?></a></div>
</form>
<?cs include:"shell/foot.cs" ?>
