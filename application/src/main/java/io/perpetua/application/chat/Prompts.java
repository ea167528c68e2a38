package io.perpetua.application.chat;

import io.perpetua.domain.conversation.Message;
import java.nio.charset.StandardCharsets;

/*
 * Our count is of what we know to be written into a prompt. A provider may write more of a request into it: schemas,
 * predictions, an earlier answer's reasoning. So a prompt is not taken for less than everything that is sent by its length,
 * at three bytes a token, which few texts come below. Pictures and files stand for themselves, as counted.
 */
/** How large a turn's prompt may be by a provider's count, where a budget pays it. */
final class Prompts {

    private static final int BYTES_A_TOKEN = 3;

    /** How many times as many tokens as we count a prompt may have by its model's count. */
    private static final double OTHERS_COUNT = 1.5;

    private Prompts() {}

    /** Most tokens of the turn's prompt. */
    static int most(PreparedTurn turn) {
        int counted = turn.context().tokens().sent();
        if (turn.request().sender().caller().access().budget() == null) {
            return counted;
        }
        long bytes = bytes(turn.request().parameters());
        for (Message message : turn.context().messages()) {
            bytes += bytes(message.media().isEmpty() ? message.wire() : message.text());
        }
        long most = Math.max((long) Math.ceil(counted * OTHERS_COUNT), bytes / BYTES_A_TOKEN);
        return (int) Math.min(Integer.MAX_VALUE, most);
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
