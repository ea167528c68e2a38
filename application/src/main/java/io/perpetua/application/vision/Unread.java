package io.perpetua.application.vision;

import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob.Problem;
import org.jspecify.annotations.Nullable;

/** What is to be said of a document that was read to its end, and of which nothing can be found. */
final class Unread {

    private static final int PAGES = 16;

    private Unread() {}

    /** Null where some region says something, or where there is none. */
    static @Nullable Problem of(Documents documents, Scope scope, String id) {
        int regions = 0;
        var some = documents.pages(scope, id, 0, PAGES);
        while (!some.isEmpty()) {
            for (var page : some) {
                if (page.regions().stream()
                        .anyMatch(each -> !each.region().text().isBlank())) {
                    return null;
                }
                regions += page.regions().size();
            }
            some = documents.pages(scope, id, some.getLast().page().number(), PAGES);
        }
        return regions == 0
                ? null
                : new Problem(
                        "nothing_searchable",
                        "nothing of the document's " + regions
                                + " regions can be searched: they are pictures in which no text was recognised");
    }
}
