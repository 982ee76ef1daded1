<?cs # agent_import.cs - many agents out of a CSV file: paste, look, import. Reads what shell/head.cs and shell/form.cs read, and
Import.{Text,LinesMax,ProblemCount,MoreProblems,Ready,Do,Known,Without,MoreLines}, Import.Columns.N.{Name,Label,Required},
Import.Problems.N.{Line,Field,Value,Message}, Import.Lines.N.{Line,Account,Email,First,Last,Roles,Queues}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="/admin/agents"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Agents") ?></a></p>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("A table with one agent a line, saved as CSV. Nothing is stored before you have seen what would come of it; all agents are imported, or none.") ?></p>
</div>
<?cs if:!View.Name ?><a class="button" href="/admin/agents/import/template.csv"><?cs var:_("Download a template") ?></a><?cs /if ?>
</div>
<?cs if:subcount(Import.Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("Nothing was imported. Please correct these lines:") ?></strong></div></div>
<div class="card list lines"><div class="table" role="region" aria-label="<?cs var:_("Problems") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Line") ?></th><th scope="col"><?cs var:_("Column") ?></th><th scope="col"><?cs var:_("Value") ?></th><th scope="col"><?cs var:_("Problem") ?></th></tr></thead>
<tbody><?cs each:problem = Import.Problems ?>
<tr><td class="number" data-label="<?cs var:_("Line") ?>"><?cs var:problem.Line ?></td><td data-label="<?cs var:_("Column") ?>"><?cs var:problem.Field ?></td><td data-label="<?cs var:_("Value") ?>"><?cs if:problem.Value ?><code><?cs var:problem.Value ?></code><?cs /if ?></td><td data-label="<?cs var:_("Problem") ?>"><?cs var:problem.Message ?></td></tr><?cs /each ?>
</tbody></table></div><?cs if:Import.MoreProblems ?>
<p class="pager"><?cs var:_("More problems") ?><?cs var:_(":") ?> <?cs var:Import.MoreProblems ?></p><?cs /if ?></div><?cs /if ?>
<?cs call:page_reading() ?><?cs if:May.Change ?><form method="post" action="/admin/agents/import" enctype="multipart/form-data" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?>
<?cs if:Import.Ready ?><div class="notice good" role="status"><div><strong><?cs var:Import.Ready ?></strong><?cs if:Import.Without ?>
<p><?cs var:Import.Without ?></p><?cs /if ?><?cs if:Import.Known ?>
<p><?cs var:Import.Known ?></p><?cs /if ?></div></div>
<div class="card list lines"><div class="table" role="region" aria-label="<?cs var:_("Agents") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Line") ?></th><th scope="col"><?cs var:_("Account") ?></th><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("E-mail") ?></th><th scope="col"><?cs var:_("Roles") ?></th><th scope="col"><?cs var:_("Queues") ?></th></tr></thead>
<tbody><?cs each:line = Import.Lines ?>
<tr><td class="number" data-label="<?cs var:_("Line") ?>"><?cs var:line.Line ?></td><th scope="row" class="main"><?cs var:line.Account ?></th><td data-label="<?cs var:_("Name") ?>"><?cs var:line.First ?> <?cs var:line.Last ?></td><td data-label="<?cs var:_("E-mail") ?>"><?cs var:line.Email ?></td><td data-label="<?cs var:_("Roles") ?>"><?cs var:line.Roles ?></td><td data-label="<?cs var:_("Queues") ?>"><?cs var:line.Queues ?></td></tr><?cs /each ?>
</tbody></table></div><?cs if:Import.MoreLines ?>
<p class="pager">… +<?cs var:Import.MoreLines ?></p><?cs /if ?>
<div class="prose"><div class="actions"><?cs if:Import.Do ?><button type="submit" class="button main" name="keep" value="1"><?cs var:Import.Do ?></button>
<?cs /if ?><a class="button" href="/admin/agents"><?cs var:_("Cancel") ?></a></div></div></div><?cs /if ?>
<div class="card import">
<div class="field">
<label for="f-file"><?cs var:_("File") ?></label>
<input type="file" id="f-file" name="file" accept=".csv,.txt,text/csv" data-into="f-csv">
</div>
<div class="field long<?cs if:subcount(Import.Problems) ?> wrong<?cs /if ?>">
<label for="f-csv"><?cs var:_("Lines of the file") ?></label>
<p class="help" id="h-csv"><?cs var:_("Instead of a file, the lines can be pasted here.") ?></p>
<textarea id="f-csv" name="csv" rows="12" class="code" spellcheck="false" aria-describedby="h-csv">
<?cs var:Import.Text ?></textarea>
</div>
<div class="actions"><button type="submit" class="button<?cs if:!Import.Ready ?> main<?cs /if ?>"><?cs var:_("Check") ?></button></div>
</div>
</form><?cs /if ?>
<div class="card prose">
<h2><?cs var:_("Columns") ?></h2>
<p><?cs var:_("The first line names the columns, in any order. Those with a star are needed.") ?></p>
<ul class="columns-list"><?cs each:column = Import.Columns ?>
<li><code><?cs var:column.Name ?></code><?cs if:column.Required ?> <span class="needed" aria-hidden="true">*</span><span class="hidden"> (<?cs var:_("needed") ?>)</span><?cs /if ?> <?cs var:column.Label ?></li><?cs /each ?>
</ul>
<p><?cs var:_("Roles, queues and skills are names as you see them in the lists, several with semicolons between them. Who has no password cannot sign in until you set one.") ?></p>
<p><?cs var:_("Agents at a time, at most") ?><?cs var:_(":") ?> <?cs var:Import.LinesMax ?></p>
</div>
<?cs include:"shell/foot.cs" ?>
