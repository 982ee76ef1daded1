<?cs # life.cs - the banner of a company that is suspended or being deleted. Reads Life.{State,Reason,DeleteAt,Contact}. ?><?cs
if:Life.State ?><div class="life" role="alert"><strong><?cs if:Life.State == "suspended" ?><?cs var:_("The service of this company is suspended.") ?><?cs else ?><?cs var:_("This company is being deleted.") ?><?cs /if ?></strong> <?cs
if:Life.DeleteAt ?><?cs var:_("Everything is erased on") ?> <strong><?cs var:Life.DeleteAt ?></strong>. <?cs /if ?><?cs
if:Life.Reason ?><span><?cs var:_("Reason") ?>: <?cs var:Life.Reason ?></span> <?cs /if ?><?cs var:_("You can read everything, but change nothing.") ?><?cs
if:Life.Contact ?> <?cs var:_("Questions?") ?> <?cs var:Life.Contact ?><?cs /if ?></div><?cs /if ?>