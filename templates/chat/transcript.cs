<?cs # transcript.cs - one chat with all that was said and done, times and all.
Reads what shell/head.cs reads, Chat.{Visitor,Email,Channel,Queue,Agent,Outcome,Started,StartedIso,Ended,EndedIso,Waited,Duration,Url,UrlTitle},
Messages.N.{Seq,Kind,By,Name,Text,Time,TimeIso,Day,DayIso,File,FileName,FileSize,IsPicture}, Transcript.{Path,IsLater,Next}. ?><?cs
include:"shell/older.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="/admin/history"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Chats") ?></a></p>
<h1><bdi><?cs var:Title ?></bdi></h1>
</div></div>
<div class="transcript">
<section class="card said" aria-label="<?cs var:_("Transcript") ?>"><?cs call:older_pager(Transcript) ?><ol><?cs set:day = "" ?><?cs each:message = Messages ?><?cs
if:message.Day != day ?>
<li class="day"><time datetime="<?cs var:message.DayIso ?>"><?cs var:message.Day ?></time></li><?cs set:day = message.Day ?><?cs /if ?>
<li class="<?cs var:message.Kind ?> <?cs var:message.By ?>" data-seq="<?cs var:message.Seq ?>"><?cs if:message.Kind == "event" ?>
<p><bdi><?cs var:message.Text ?></bdi> <time datetime="<?cs var:message.TimeIso ?>"><?cs var:message.Time ?></time></p><?cs else ?>
<p class="speaker"><strong><bdi><?cs var:message.Name ?></bdi></strong><?cs if:message.Kind == "note" ?> <span class="chip"><?cs var:_("Note") ?></span><?cs /if ?> <time datetime="<?cs var:message.TimeIso ?>"><?cs var:message.Time ?></time></p>
<?cs if:message.File ?><p class="file"><?cs if:message.IsPicture && !View.Name ?><a href="/console/files/<?cs var:url_escape(message.File) ?>"><img src="/console/files/<?cs var:url_escape(message.File) ?>?preview=1" alt="<?cs var:message.FileName ?>" loading="lazy"></a><br><?cs /if ?>
<?cs if:View.Name ?><bdi><?cs var:message.FileName ?></bdi><?cs else ?><a href="/console/files/<?cs var:url_escape(message.File) ?>" download><bdi><?cs var:message.FileName ?></bdi></a><?cs /if ?> <span class="soft small"><?cs var:message.FileSize ?> <?cs var:_("KB") ?></span></p><?cs if:message.Text != message.FileName ?>
<p class="words" dir="auto"><?cs var:message.Text ?></p><?cs /if ?><?cs
else ?><p class="words" dir="auto"><?cs var:message.Text ?></p><?cs /if ?><?cs /if ?></li><?cs /each ?>
</ol></section>
<aside class="card facts" aria-label="<?cs var:_("About this chat") ?>"><dl>
<dt><?cs var:_("Visitor") ?></dt><dd><bdi><?cs var:Chat.Visitor ?></bdi><?cs if:Chat.Email ?><br><bdi class="soft"><?cs var:Chat.Email ?></bdi><?cs /if ?></dd>
<?cs if:Chat.Channel ?><dt><?cs var:_("Channel") ?></dt><dd><?cs var:Chat.Channel ?></dd><?cs /if ?>
<dt><?cs var:_("Queue") ?></dt><dd><?cs var:Chat.Queue ?></dd>
<?cs if:Chat.Agent ?><dt><?cs var:_("Agent") ?></dt><dd><?cs var:Chat.Agent ?></dd><?cs /if ?>
<dt><?cs var:_("Outcome") ?></dt><dd><?cs var:Chat.Outcome ?></dd>
<dt><?cs var:_("Started") ?></dt><dd><time datetime="<?cs var:Chat.StartedIso ?>"><?cs var:Chat.Started ?></time></dd>
<?cs if:Chat.Waited ?><dt><?cs var:_("Waited") ?></dt><dd><?cs var:Chat.Waited ?></dd><?cs /if ?>
<?cs if:Chat.Ended ?><dt><?cs var:_("Ended") ?></dt><dd><time datetime="<?cs var:Chat.EndedIso ?>"><?cs var:Chat.Ended ?></time></dd><?cs /if ?>
<dt><?cs var:_("Duration") ?></dt><dd><?cs var:Chat.Duration ?></dd>
<?cs if:Chat.Url ?><dt><?cs var:_("Page") ?></dt><dd><a href="<?cs var:url_validate(Chat.Url) ?>" rel="noopener noreferrer nofollow" target="_blank"><bdi><?cs var:Chat.UrlTitle ?></bdi></a></dd><?cs /if ?>
</dl></aside>
</div>
<?cs include:"shell/foot.cs" ?>
