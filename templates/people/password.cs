<?cs # password.cs - one's own password: the old one and twice the new one. Reads what shell/head.cs and shell/form.cs read. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/password.cs" ?><?cs
include:"shell/head.cs" ?>
<?cs call:password_change("/admin/password", "/admin") ?>
<?cs include:"shell/foot.cs" ?>
