<?cs # key_made.cs - a new API key, shown once. Reads what shell/head.cs reads, Key.Text. ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Your new API key") ?></h1>
<p class="lead"><?cs var:_("It is shown only now: copy it into the program that uses it.") ?></p></div></div>
<section class="card access-card">
<p><label for="key"><?cs var:_("Key") ?></label>
<input class="key" id="key" type="text" readonly value="<?cs var:Key.Text ?>"></p>
<p class="soft"><?cs var:_("The program sends it with each request, as the header X-Api-Key.") ?></p>
<div class="actions"><a class="button main" href="/admin/api-keys"><?cs var:_("I have copied it") ?></a></div>
</section>
<?cs include:"shell/foot.cs" ?>
