<?cs # foot.cs - ends the control panel's frame that head.cs began. Reads nothing. ?>
</main>
</div>
</body>
</html>
