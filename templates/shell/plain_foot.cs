<?cs # plain_foot.cs - ends what plain_head.cs began. Reads: Tenant.Name. ?>
</div>
<?cs if:Tenant.Name ?><p class="soft under"><?cs var:Tenant.Name ?></p><?cs /if ?>
</main>
</body>
</html>
