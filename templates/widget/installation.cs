<?cs # installation.cs - the code of a widget, to be pasted into a site's pages.
Reads what shell/head.cs reads, May.Change, Base, Widget.{Id,Key,Name,Enabled}, Widgets.N.{Id,Name,Selected}. ?><?cs
set:Title = _("Installation") ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Copy the code and paste it into every page of your site, just before the closing body tag.") ?></p>
</div><?cs if:Widget.Key ?><a class="button" href="/admin/widgets/<?cs var:url_escape(Widget.Id) ?>"><?cs var:_("Colour and words") ?></a><?cs /if ?></div>
<?cs if:!Widget.Key ?><div class="card empty"><h2><?cs var:_("Nothing here yet") ?></h2>
<p><?cs var:_("Add a widget first. Its code is shown here.") ?></p>
<?cs if:May.Change ?><p><a class="button main" href="/admin/widgets/new"><?cs var:_("New widget") ?></a></p><?cs /if ?></div><?cs else ?>
<?cs if:subcount(Widgets) > #1 ?><form class="tools" method="get" action="/admin/installation">
<label class="filter"><span><?cs var:_("My widget") ?></span>
<select name="widget"><?cs each:widget = Widgets ?>
<option value="<?cs var:widget.Id ?>"<?cs if:widget.Selected ?> selected<?cs /if ?>><?cs var:widget.Name ?></option><?cs /each ?>
</select></label>
<button type="submit" class="button"><?cs var:_("Show the code") ?></button>
</form><?cs /if ?>
<?cs if:!Widget.Enabled ?><div class="notice warn"><span><?cs var:_("This widget is disabled: its code shows nothing until you enable it.") ?></span></div><?cs /if ?>
<section class="card code-card" aria-labelledby="code-title">
<div class="list-head"><h2 id="code-title"><?cs var:Widget.Name ?></h2>
<button type="button" class="button small" data-copy="#code" data-done="<?cs var:_("Copied") ?>" hidden><?cs var:_("Copy the code") ?></button></div>
<textarea id="code" class="code" rows="4" readonly spellcheck="false" aria-labelledby="code-title">&lt;script async src="<?cs var:Base ?>/widget/<?cs var:Widget.Key ?>.js"&gt;&lt;/script&gt;
&lt;noscript&gt;&lt;a href="<?cs var:Base ?>/chat/<?cs var:Widget.Key ?>"&gt;<?cs var:_("Chat with us") ?>&lt;/a&gt;&lt;/noscript&gt;</textarea>
</section>
<section class="card prose">
<h2><?cs var:_("A button or link of your own") ?></h2>
<p><?cs var:_("On a page that has the code, every link to #hark opens the chat:") ?></p>
<pre tabindex="0"><code>&lt;a href="#hark"&gt;<?cs var:_("Chat with us") ?>&lt;/a&gt;</code></pre>
<p><?cs var:_("A script of your own may open it as well, also before the code has loaded:") ?></p>
<pre tabindex="0"><code>window.hark = window.hark || function () { (hark.q = hark.q || []).push(arguments); };
hark("open");</code></pre>
<h2><?cs var:_("The language of the chat") ?></h2>
<p><?cs var:_("It is that of the page, by the attribute lang of its html element, else that of the visitor's browser. A page that cannot say it has it in the code:") ?></p>
<pre tabindex="0"><code>&lt;script async data-lang="fr" src="<?cs var:Base ?>/widget/<?cs var:Widget.Key ?>.js"&gt;&lt;/script&gt;</code></pre>
<h2><?cs var:_("Pages with a content security policy") ?></h2>
<p><?cs var:_("Allow these sources, and nothing else:") ?></p>
<pre tabindex="0"><code>script-src <?cs var:Base ?>; frame-src <?cs var:Base ?></code></pre>
<h2><?cs var:_("Without a site of your own") ?></h2>
<p><?cs var:_("This page holds the chat alone. Link to it from mails or profiles:") ?></p>
<p><a href="/chat/<?cs var:url_escape(Widget.Key) ?>"><?cs var:Base ?>/chat/<?cs var:Widget.Key ?></a></p>
</section><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
