<?cs # code_field.cs - macros for the pages that ask for a code: its input, complaints about the whole, and the picture to scan.
Reads Form.Problems, Form.Fields.code, Factor.{Path,Size,Secret,Issuer,Account}. ?><?cs
def:code_field(field) ?><div class="field<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input class="code" type="text" value="" inputmode="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="<?cs var:field.Max ?>" autofocus<?cs call:form_input(field) ?>>
<?cs call:form_notes(field) ?>
</div><?cs /def ?><?cs
def:code_problems() ?><?cs each:problem = Form.Problems ?><?cs if:!problem.Label ?><div class="notice bad" role="alert"><span><?cs var:problem.Message ?></span></div>
<?cs /if ?><?cs /each ?><?cs /def ?><?cs
def:code_steps() ?><ol class="factor-steps">
<li><h2><?cs var:_("Install an app") ?></h2>
<p class="soft"><?cs var:_("Any app that makes time-based codes will do, such as Aegis, FreeOTP, Google Authenticator, or your password manager.") ?></p></li>
<li><h2><?cs var:_("Scan this picture with it") ?></h2>
<svg class="qr" viewBox="0 0 <?cs var:Factor.Size ?> <?cs var:Factor.Size ?>" role="img" aria-label="<?cs var:_("QR code for your app") ?>" shape-rendering="crispEdges"><path class="paper" d="M0 0h<?cs var:Factor.Size ?>v<?cs var:Factor.Size ?>H0z"/><path class="dots" d="<?cs var:Factor.Path ?>"/></svg>
<details><summary><?cs var:_("You cannot scan it?") ?></summary>
<p><?cs var:_("Type this into the app, as a time-based code:") ?></p>
<dl class="facts"><div><dt><?cs var:_("Account") ?></dt><dd><?cs var:Factor.Issuer ?>: <?cs var:Factor.Account ?></dd></div>
<div><dt><?cs var:_("Key") ?></dt><dd><code class="secret"><?cs var:Factor.Secret ?></code></dd></div></dl></details></li>
<li><h2><?cs var:_("Type the code that it shows") ?></h2><?cs /def ?>
