<?cs # password.cs - an operator's own password: the old one and twice the new one. Reads what host/head.cs and shell/form.cs read. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/password.cs" ?><?cs
include:"host/head.cs" ?>
<?cs call:password_change("/host/password", "/host") ?>
<?cs include:"shell/foot.cs" ?>
