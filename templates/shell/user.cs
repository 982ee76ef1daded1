<?cs # user.cs - macros for the one who is signed in, and for languages.
	user_face()       the picture, or the initials
	user_sheet()      what stands behind one's name: own pages, language, help, signing out
	language_form()   a button for each language
Reads: User.{Name,Alias,Initials,Avatar,Links.N.{Label,Path}}, Brand.Help, Form.Token, Languages.N.{Value,Label,Current},
Language.{Label,Next}. ?><?cs
def:user_face() ?><span class="face" aria-hidden="true"><?cs if:User.Avatar ?><img src="<?cs var:url_validate(User.Avatar) ?>" alt="" width="30" height="30"><?cs else ?><?cs var:User.Initials ?><?cs /if ?></span><?cs /def ?><?cs

def:language_form() ?><form class="languages" method="post" action="/language"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><input type="hidden" name="next" value="<?cs var:Language.Next ?>"><?cs each:language = Languages ?>
<button type="submit" name="locale" value="<?cs var:language.Value ?>" lang="<?cs var:language.Value ?>"<?cs if:language.Current ?> aria-current="true"<?cs /if ?>><?cs var:language.Label ?></button><?cs /each ?>
</form><?cs /def ?><?cs

def:user_sheet() ?><p class="me"><?cs call:user_face() ?><span><strong><?cs var:User.Name ?></strong><?cs if:User.Alias ?><br><span class="soft"><?cs var:User.Alias ?></span><?cs /if ?></span></p><?cs each:link = User.Links ?>
<a href="<?cs var:url_validate(link.Path) ?>"><?cs var:link.Label ?></a><?cs /each ?><?cs if:Brand.Help ?>
<a href="<?cs var:url_validate(Brand.Help) ?>" target="_blank" rel="noopener noreferrer"><?cs var:_("Help") ?></a><?cs /if ?>
<details class="switch-language"><summary><?cs var:_("Switch language") ?> <span class="soft"><?cs var:Language.Label ?></span></summary>
<?cs call:language_form() ?></details>
<form method="post" action="/sign-out"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit"><?cs var:_("Sign out") ?></button></form><?cs /def ?>
