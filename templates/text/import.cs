<?cs # import.cs - own texts out of a CSV file. Reads what shell/head.cs and shell/form.cs read, Import.{Text,Columns,More}, Import.Problems.N.{Line,Message}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/texts.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<p class="crumbs"><a href="/admin/texts/all"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Texts") ?></a></p>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Export the texts of a language, fill in the column “wording”, and import the file here. Lines without an own text change nothing; all texts are imported, or none.") ?></p></div></div>
<?cs if:subcount(Import.Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("Nothing was imported. Please correct these lines:") ?></strong>
<ul class="lines"><?cs each:problem = Import.Problems ?><li><strong><?cs var:problem.Line ?></strong> <?cs var:problem.Message ?></li><?cs /each ?></ul><?cs if:Import.More ?><p><?cs var:_("More problems") ?><?cs var:_(":") ?> <?cs var:Import.More ?></p><?cs /if ?></div></div><?cs /if ?>
<?cs call:page_reading() ?>
<form class="card form" method="post" action="/admin/texts/import" enctype="multipart/form-data" novalidate>
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<div class="field wide"><label for="f-file"><?cs var:_("File") ?></label><input type="file" id="f-file" name="file" accept=".csv,.txt,text/csv" data-into="f-csv"></div>
<div class="field long<?cs if:subcount(Import.Problems) ?> wrong<?cs /if ?>"><label for="f-csv"><?cs var:_("Lines of the file") ?></label>
<p class="help" id="h-csv"><?cs var:_("Instead of a file, the lines can be pasted here.") ?> <code><?cs var:Import.Columns ?></code></p>
<textarea id="f-csv" name="csv" rows="12" dir="auto" spellcheck="false" aria-describedby="h-csv">
<?cs var:Import.Text ?></textarea></div>
</fieldset>
<?cs if:May.Change ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Import") ?></button>
<a class="button" href="/admin/texts/all"><?cs var:_("Cancel") ?></a></div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
