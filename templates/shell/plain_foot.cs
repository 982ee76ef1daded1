<?cs # plain_foot.cs - ends what plain_head.cs began. Reads: Tenant.Name, Brand.Help. ?>
</div>
<?cs if:Tenant.Name ?><p class="soft under"><?cs var:Tenant.Name ?></p><?cs /if ?><?cs if:Brand.Help ?>
<p class="small under"><a href="<?cs var:url_validate(Brand.Help) ?>" rel="noopener noreferrer"><?cs var:_("Help") ?></a></p><?cs /if ?>
</main>
</body>
</html>
