<?cs # help.cs - the page behind Help on the sign-in page, when the installation names no other one.
Reads what shell/plain_head.cs reads, Site.Support. ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in help-page">
<h1><?cs var:_("Help with signing in") ?></h1>
<h2><?cs var:_("What is my company?") ?></h2>
<p><?cs var:_("The short name of your company in this service, such as “acme”. Your administrator knows it. On your company’s own address it is not asked for.") ?></p>
<h2><?cs var:_("What is my account?") ?></h2>
<p><?cs var:_("The name that you chose or were given, or your e-mail address: both work.") ?></p>
<h2><?cs var:_("I have forgotten my password") ?></h2>
<p><?cs var:_("You can choose a new one yourself, with a code that comes by mail:") ?> <a href="/forgot"><?cs var:_("Forgot password") ?></a></p>
<h2><?cs var:_("No mail comes") ?></h2>
<p><?cs var:_("Look into the folder for spam. Check that company and e-mail are right: for an address that no account has, no mail is sent. Otherwise your administrator can set a password for you.") ?></p>
<h2><?cs var:_("Too many attempts") ?></h2>
<p><?cs var:_("After ten wrong passwords an account is closed for a quarter of an hour. Then try again, or choose a new password.") ?></p>
<h2><?cs var:_("I have no account") ?></h2>
<p><?cs var:_("Ask the administrator of your company for an invitation.") ?></p>
<?cs if:Site.Support ?><h2><?cs var:_("Still no way in?") ?></h2>
<p><a class="button" href="<?cs var:url_validate(Site.Support) ?>"><?cs var:_("Chat with support") ?></a></p>
<?cs /if ?><p class="below"><a href="/sign-in"><?cs var:_("Back to sign in") ?></a></p>
</div>
<?cs include:"shell/plain_foot.cs" ?>
