<?cs # all.cs - the texts of the product beside the company's own, by language and place.
Reads what shell/head.cs and shell/form.cs read, Texts.{Language,LanguageLabel,Dir,Area,Search,IsOurs,Offered,Changed,Missing,Of,Narrowed,HomeLabel,From,To,Total,Previous,Next},
Texts.Ours, Own, Others, Areas and Shows.N.{Value,Label,Selected}, Texts.Lines.N.{Edit,Message,Product,Many,Id,Own,OwnMany,Missing}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/texts.css?v=<?cs var:url_escape(Site.Version) ?>"><?cs

def:text_option(choice) ?><option value="<?cs var:choice.Value ?>" lang="<?cs var:choice.Value ?>"<?cs if:choice.Selected ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /def ?><?cs

def:text_words(line) ?><?cs if:line.Product ?><bdi lang="<?cs var:Texts.Language ?>"><?cs var:line.Product ?></bdi><?cs else ?><bdi lang="en"><?cs var:line.Message ?></bdi><?cs /if ?><?cs /def ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Say things in your own words, or add a language for your visitors. Visitors get the language of the page or of their browser; what a language lacks is said in the company's language, then in English. Names that you gave yourself, such as the title of a widget, are not here.") ?></p></div>
<a class="button" href="/admin/texts"><?cs var:_("Own texts") ?></a>
<?cs if:May.Change ?><a class="button" href="/admin/texts/import"><?cs var:_("Import…") ?></a><?cs /if ?></div>
<?cs if:!Texts.IsOurs ?><div class="notice<?cs if:Texts.Missing ?> warn<?cs elif:Texts.Offered ?> good<?cs /if ?> text-offer"><div>
<strong><?cs if:Texts.Offered ?><?cs var:_("Visitors are offered this language.") ?><?cs else ?><?cs var:_("Visitors do not get this language yet.") ?><?cs /if ?></strong>
<p><?cs if:Texts.Missing ?><?cs var:_("Missing texts") ?><?cs var:_(":") ?> <strong><?cs var:Texts.Missing ?></strong> / <?cs var:Texts.Of ?>. <?cs var:_("They are said in the company's language:") ?> <bdi><?cs var:Texts.HomeLabel ?></bdi>.<?cs else ?><?cs var:_("No text is missing.") ?><?cs /if ?></p></div><?cs if:May.Change && (Texts.Offered || Texts.Changed) ?>
<form method="post" action="/admin/texts/offer"><?cs call:form_token() ?><input type="hidden" name="language" value="<?cs var:Texts.Language ?>"><input type="hidden" name="offered" value="<?cs if:!Texts.Offered ?>1<?cs else ?>0<?cs /if ?>">
<button type="submit" class="button<?cs if:!Texts.Offered ?> main<?cs /if ?>"><?cs if:Texts.Offered ?><?cs var:_("Withdraw it") ?><?cs else ?><?cs var:_("Offer it to visitors") ?><?cs /if ?></button></form><?cs /if ?></div><?cs /if ?>
<div class="card list">
<form class="tools" method="get" action="/admin/texts/all" role="search" data-instant>
<label class="filter"><span class="hidden"><?cs var:_("Language") ?></span><select name="language">
<optgroup label="<?cs var:_("Languages of the product") ?>"><?cs each:choice = Texts.Ours ?><?cs call:text_option(choice) ?><?cs /each ?></optgroup><?cs if:subcount(Texts.Own) ?>
<optgroup label="<?cs var:_("Languages of your own") ?>"><?cs each:choice = Texts.Own ?><?cs call:text_option(choice) ?><?cs /each ?></optgroup><?cs /if ?>
<optgroup label="<?cs var:_("Add a language for visitors") ?>"><?cs each:choice = Texts.Others ?><?cs call:text_option(choice) ?><?cs /each ?></optgroup>
</select></label><?cs if:Texts.IsOurs ?>
<label class="filter"><span class="hidden"><?cs var:_("Where") ?></span><select name="area"><?cs each:choice = Texts.Areas ?><option value="<?cs var:choice.Value ?>"<?cs if:choice.Selected ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /each ?></select></label><?cs /if ?>
<label class="filter"><span class="hidden"><?cs var:_("Which") ?></span><select name="show"><?cs each:choice = Texts.Shows ?><option value="<?cs var:choice.Value ?>"<?cs if:choice.Selected ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /each ?></select></label>
<label class="search"><span class="hidden"><?cs var:_("Search") ?></span>
<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m13.2 13.2 4 4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>
<input type="search" name="q" value="<?cs var:Texts.Search ?>" maxlength="200" placeholder="<?cs var:_("Search") ?>"></label>
<button type="submit" class="button"><?cs var:_("Show") ?></button>
</form>
<div class="text-count"><p class="soft"><bdi><?cs var:Texts.LanguageLabel ?></bdi> · <?cs var:_("Own texts") ?><?cs var:_(":") ?> <?cs var:Texts.Changed ?> / <?cs var:Texts.Of ?></p>
<?cs if:!View.Name ?><a class="button small quiet export" href="/admin/texts/all.csv?language=<?cs var:url_escape(Texts.Language) ?>&amp;area=<?cs var:url_escape(Texts.Area) ?>"><?cs var:_("Export as CSV") ?></a><?cs /if ?></div>
<?cs if:subcount(Texts.Lines) ?><div class="table" role="region" aria-label="<?cs var:Title ?>" tabindex="0"><table class="texts">
<thead><tr><th scope="col"><?cs var:_("Text of the product") ?></th><th scope="col"><?cs var:_("Own text") ?></th><th scope="col" class="act"><span class="hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
<tbody><?cs each:line = Texts.Lines ?>
<tr><th scope="row" class="main"><?cs if:May.Change || line.Id ?><a href="<?cs var:url_validate(line.Edit) ?>"><?cs call:text_words(line) ?></a><?cs else ?><?cs call:text_words(line) ?><?cs /if ?><?cs if:line.Product ?><br><span class="soft small" lang="en"><?cs var:line.Message ?></span><?cs /if ?></th>
<td data-label="<?cs var:_("Own text") ?>"><?cs if:line.Id ?><span class="own" dir="auto" lang="<?cs var:Texts.Language ?>"><?cs var:line.Own ?></span><?cs if:line.OwnMany ?><br><span class="own" dir="auto" lang="<?cs var:Texts.Language ?>"><?cs var:line.OwnMany ?></span><?cs /if ?><?cs elif:line.Missing ?><span class="tag warn"><?cs var:_("Missing") ?></span><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<td class="act"><?cs if:May.Change ?><a class="button small" href="<?cs var:url_validate(line.Edit) ?>" aria-label="<?cs if:line.Missing ?><?cs var:_("Translate") ?><?cs else ?><?cs var:_("Change") ?><?cs /if ?><?cs var:_(":") ?> <?cs var:line.Message ?>"><?cs if:line.Missing ?><?cs var:_("Translate") ?><?cs else ?><?cs var:_("Change") ?><?cs /if ?></a><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
<div class="pager"><p><strong><?cs var:Texts.From ?>–<?cs var:Texts.To ?></strong> <?cs var:_("of") ?> <strong><?cs var:Texts.Total ?></strong></p>
<nav aria-label="<?cs var:_("Pages") ?>"><?cs if:Texts.Previous ?><a class="button small" rel="prev" href="<?cs var:url_validate(Texts.Previous) ?>"><?cs var:_("Previous") ?></a><?cs /if ?>
<?cs if:Texts.Next ?><a class="button small" rel="next" href="<?cs var:url_validate(Texts.Next) ?>"><?cs var:_("Next") ?></a><?cs /if ?></nav></div><?cs
else ?><div class="empty"><h2><?cs var:_("Nothing found") ?></h2><p><?cs var:_("Try other words, or take a filter away.") ?></p>
<p><a class="button" href="/admin/texts/all?language=<?cs var:url_escape(Texts.Language) ?>&amp;area=<?cs var:url_escape(Texts.Area) ?>"><?cs var:_("Show all") ?></a></p></div><?cs /if ?>
</div>
<?cs include:"shell/foot.cs" ?>
