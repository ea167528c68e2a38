package io.perpetua.benchmarks.memory;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.routing.Models;
import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether standing instructions are there when a chat request needs them: the question is put as the next message of the
 * whole conversation, and what the model would be sent is looked at. Not safe for concurrent use.
 */
final class Instructions {

    /** The questions whose evidence is a standing instruction. */
    static final String CATEGORY = "instruction following";

    private final List<String> absent = new ArrayList<>();
    private final List<String> notAnchored = new ArrayList<>();
    private int needed;

    /** Asks all such questions about a conversation that has been told whole. */
    void ask(Remembered remembered, ApplicationContext context) {
        var asked = remembered.recording().questions().stream()
                .filter(question -> question.category().equals(CATEGORY))
                .toList();
        for (int i = 0; i < asked.size(); i++) {
            String name = remembered.recording().id() + ", question " + (i + 1);
            ask(
                    name,
                    StandingInstruction.of(asked.get(i), remembered.recording()),
                    preview(remembered, asked.get(i), context));
        }
    }

    private void ask(String name, StandingInstruction instruction, PreviewContext.Preview preview) {
        needed++;
        if (!instruction.isIn(preview.messages())) {
            absent.add(name);
        }
        if (!instruction.isAnchoredIn(preview.messages())) {
            notAnchored.add(name);
        }
    }

    private static PreviewContext.Preview preview(Remembered remembered, Asked asked, ApplicationContext context) {
        var message = Remembered.message(context.getBean(MessageReader.class), Role.USER, null, asked.text());
        return context.getBean(PreviewContext.class)
                .preview(new ChatRequest(
                        Sender.LOCAL,
                        remembered.key().id(),
                        Models.AUTO,
                        List.of(message),
                        "{}",
                        1,
                        null,
                        false,
                        false,
                        MemoryOptions.DEFAULT,
                        CacheUse.NONE));
    }

    /** How many contexts needed one. */
    int needed() {
        return needed;
    }

    /** The questions in whose contexts it was not. */
    List<String> absent() {
        return List.copyOf(absent);
    }

    /** The questions in whose contexts no anchor said it. */
    List<String> notAnchored() {
        return List.copyOf(notAnchored);
    }
}
