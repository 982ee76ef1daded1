<?cs # status_rows.cs - a macro that draws rows of the status log.
	status_rows(with_agent)     the table; with the agents' names, or of one agent
Reads Title, Log.Rows.N.{AgentId,Agent,Status,Name,Why,By,At,AtIso,Span,IsNow}. ?><?cs

def:status_rows(with_agent) ?><div class="table" role="region" aria-label="<?cs var:Title ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Since") ?></th><?cs if:with_agent ?><th scope="col"><?cs var:_("Agent") ?></th><?cs /if ?><th scope="col"><?cs var:_("Status") ?></th><th scope="col"><?cs var:_("Duration") ?></th><th scope="col"><?cs var:_("Why") ?></th><th scope="col"><?cs var:_("By") ?></th></tr></thead>
<tbody><?cs each:row = Log.Rows ?>
<tr><th scope="row" class="main"><time datetime="<?cs var:row.AtIso ?>"><?cs var:row.At ?></time></th><?cs if:with_agent ?>
<td data-label="<?cs var:_("Agent") ?>"><a href="/admin/agents/<?cs var:url_escape(row.AgentId) ?>/status"><bdi><?cs var:row.Agent ?></bdi></a></td><?cs /if ?>
<td data-label="<?cs var:_("Status") ?>"><span class="state" data-value="<?cs var:row.Status ?>"><bdi><?cs var:row.Name ?></bdi></span></td>
<td class="number" data-label="<?cs var:_("Duration") ?>"><?cs var:row.Span ?><?cs if:row.IsNow ?> <span class="chip"><?cs var:_("now") ?></span><?cs /if ?></td>
<td data-label="<?cs var:_("Why") ?>"><?cs var:row.Why ?></td>
<td data-label="<?cs var:_("By") ?>"><?cs if:row.By ?><bdi><?cs var:row.By ?></bdi><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div><?cs /def ?>
