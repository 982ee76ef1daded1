<?cs # merge.cs - asks before two contacts become one.
Reads what shell/head.cs and shell/form.cs read, Keep.{Id,Name}, Other.{Id,Name}, Problems.N.Message. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="/admin/contacts/<?cs var:url_escape(Keep.Id) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><bdi><?cs var:Keep.Name ?></bdi></a></p>
<h1><?cs var:Title ?></h1>
</div></div>
<?cs call:page_reading() ?><?cs if:subcount(Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("Please check your input") ?></strong>
<ul><?cs each:problem = Problems ?><li><?cs var:problem.Message ?></li><?cs /each ?></ul></div></div><?cs /if ?>
<div class="card ask">
<dl class="facts">
<div><dt><?cs var:_("Stays") ?></dt><dd><a href="/admin/contacts/<?cs var:url_escape(Keep.Id) ?>"><bdi><?cs var:Keep.Name ?></bdi></a></dd></div>
<div><dt><?cs var:_("Is merged into it") ?></dt><dd><a href="/admin/contacts/<?cs var:url_escape(Other.Id) ?>"><bdi><?cs var:Other.Name ?></bdi></a></dd></div>
</dl>
<p><?cs var:_("The one that stays gets the chats, tags and remarks of the other, and what it lacks itself. The other is deleted. The chats cannot be parted again.") ?></p>
<form class="actions" method="post" action="/admin/contacts/<?cs var:url_escape(Keep.Id) ?>/merge"><?cs call:form_token() ?><input type="hidden" name="other" value="<?cs var:Other.Id ?>">
<?cs if:May.Change ?><button type="submit" class="button main"><?cs var:_("Merge") ?></button><?cs /if ?>
<a class="button" href="/admin/contacts/<?cs var:url_escape(Keep.Id) ?>"><?cs var:_("Cancel") ?></a></form>
</div>
<?cs include:"shell/foot.cs" ?>
