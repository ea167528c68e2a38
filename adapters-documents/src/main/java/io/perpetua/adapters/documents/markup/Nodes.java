package io.perpetua.adapters.documents.markup;

import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Walks nodes of Markdown without going deeper itself. */
final class Nodes {

    private Nodes() {}

    /** The next node within {@code block}, whatever its depth; null after the last. */
    static @Nullable Node following(Node node, Node block) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node at = node;
        while (at != null && !at.equals(block)) {
            if (at.getNext() != null) {
                return at.getNext();
            }
            at = at.getParent();
        }
        return null;
    }
}
