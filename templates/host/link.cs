<?cs # link.cs - an address that opens a company once, within a minute; it is shown only here.
Reads what host/head.cs reads, Link.{Url,SignsIn}, Act.{Back,BackLabel}. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Act.Back) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Act.BackLabel ?></a></p>
<h1><?cs var:Title ?></h1>
</div></div>
<div class="card ask once">
<p><?cs if:Link.SignsIn ?><?cs var:Link.SignsIn ?><?cs else ?><?cs var:_("This address shows the company’s control panel to you: reading only, for at most an hour. The company sees each page that you open.") ?><?cs /if ?></p>
<p class="soft"><?cs var:_("It works once, for one minute, and is not shown again.") ?></p>
<label class="hidden" for="link"><?cs var:_("Address") ?></label>
<input id="link" type="text" readonly value="<?cs var:Link.Url ?>">
<div class="actions"><a class="button main" href="<?cs var:url_validate(Link.Url) ?>" rel="noreferrer"><?cs var:_("Open") ?></a>
<button type="button" class="button" hidden data-copy="#link" data-done="<?cs var:_("Copied") ?>"><?cs var:_("Copy") ?></button>
<a class="button" href="<?cs var:url_validate(Act.Back) ?>"><?cs var:_("Back") ?></a></div>
</div>
<?cs include:"shell/foot.cs" ?>
