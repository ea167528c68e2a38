package io.perpetua.application.memory;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector;
import java.util.List;
import java.util.function.Supplier;

/**
 * Use case: keep in mind what users say that holds from then on. Works when a turn is written, without a model; what is
 * missed because the store is away is still found by recall. Safe for concurrent use.
 */
public final class DetectAnchors implements StoreTurns.Listener {

    private final Anchors anchors;
    private final Supplier<String> ids;

    public DetectAnchors(Anchors anchors, Supplier<String> ids) {
        this.anchors = anchors;
        this.ids = ids;
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        int turn = appended.range().first();
        for (Dated each : said) {
            for (var detected : AnchorDetector.in(each.message())) {
                var anchor = new Anchor(
                        ids.get(),
                        detected.text(),
                        detected.kind().tag(),
                        0,
                        Origin.DETECTED,
                        turn,
                        detected.subject(),
                        each.at());
                try {
                    anchors.put(appended.conversation().key(), anchor);
                } catch (StoreUnavailable e) {
                    return;
                }
            }
            turn++;
        }
    }
}
