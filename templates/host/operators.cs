<?cs # operators.cs - who may use the host's panel, and the keys that act for them.
Reads what host/head.cs reads, Operators.N.{Name,Email,TwoFactor,SignedIn,SignedInIso}, Operators.N.Rights.M.Text, Keys.N.{Name,Operator,Used,UsedIso,Delete},
Keys.N.Rights.M.Text. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<h1><?cs var:_("Operators") ?></h1>
<p class="lead"><?cs var:_("Operators are made, changed and deleted by the command on the server:") ?> <code>hark operator --help</code></p>
</div></div>
<div class="card list">
<div class="table" role="region" aria-label="<?cs var:_("Operators") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("E-mail") ?></th><th scope="col"><?cs var:_("Permissions") ?></th><th scope="col"><?cs var:_("Two-factor authentication") ?></th><th scope="col"><?cs var:_("Last sign-in") ?></th></tr></thead>
<tbody><?cs each:operator = Operators ?>
<tr><th scope="row" class="main"><?cs var:operator.Name ?></th>
<td data-label="<?cs var:_("E-mail") ?>"><?cs var:operator.Email ?></td>
<td class="set" data-label="<?cs var:_("Permissions") ?>"><span class="chips"><?cs each:right = operator.Rights ?><span class="chip"><?cs var:right.Text ?></span> <?cs /each ?></span></td>
<td data-label="<?cs var:_("Two-factor authentication") ?>"><?cs if:operator.TwoFactor ?><span class="tag good"><?cs var:_("On") ?></span><?cs else ?><span class="no"><?cs var:_("Off") ?></span><?cs /if ?></td>
<td data-label="<?cs var:_("Last sign-in") ?>"><?cs if:operator.SignedIn ?><time datetime="<?cs var:operator.SignedInIso ?>"><?cs var:operator.SignedIn ?></time><?cs else ?><span class="no"><?cs var:_("never") ?></span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
</div>
<h2 class="section"><?cs var:_("Keys for the API") ?></h2>
<?cs if:subcount(Keys) ?><div class="card list">
<div class="table" role="region" aria-label="<?cs var:_("Keys for the API") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Acts for") ?></th><th scope="col"><?cs var:_("Permissions") ?></th><th scope="col"><?cs var:_("Last use") ?></th><th scope="col" class="act"><span class="hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
<tbody><?cs each:key = Keys ?>
<tr><th scope="row" class="main"><?cs var:key.Name ?></th>
<td data-label="<?cs var:_("Acts for") ?>"><?cs var:key.Operator ?></td>
<td class="set" data-label="<?cs var:_("Permissions") ?>"><span class="chips"><?cs each:right = key.Rights ?><span class="chip"><?cs var:right.Text ?></span> <?cs /each ?></span></td>
<td data-label="<?cs var:_("Last use") ?>"><?cs if:key.Used ?><time datetime="<?cs var:key.UsedIso ?>"><?cs var:key.Used ?></time><?cs else ?><span class="no"><?cs var:_("never") ?></span><?cs /if ?></td>
<td class="act"><a class="button small danger" href="<?cs var:url_validate(key.Delete) ?>" aria-label="<?cs var:_("Take back…") ?> <?cs var:key.Name ?>"><?cs var:_("Take back…") ?></a></td></tr><?cs /each ?>
</tbody></table></div>
</div><?cs else ?><p class="soft"><?cs var:_("There are no keys. Make one on the server:") ?> <code>hark operator key create --help</code></p><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
