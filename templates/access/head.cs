<?cs # head.cs - the frame of a page that agents and operators both have: the control panel's, or that of the host's panel.
Reads what shell/head.cs and host/head.cs read. ?><?cs
if:Host.Name ?><?cs include:"host/head.cs" ?><?cs else ?><?cs include:"shell/head.cs" ?><?cs /if ?>
