package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ProviderReply;
import java.util.List;

/** Brings the events of one streamed answer to OpenAI's chunks. Not safe for concurrent use. */
public interface StreamReader {

    /** What an event says, nothing where it means nothing to anybody. */
    List<Heard> read(SseEvent event);

    /** What is left to be said once the answer is complete: usage that came elsewhere, or with the end. */
    List<Heard> rest();

    /** What a reader makes of events. */
    sealed interface Heard {

        /**
         * A chunk.
         *
         * @param text as it is handed on, one line
         * @param json the same as a tree
         */
        record Chunk(String text, ObjectNode json) implements Heard {

            /** A chunk that was written here. */
            public static Chunk of(ProviderReply.Event.Chunk chunk) {
                var json = Json.parseObject(chunk.json());
                if (json == null) {
                    throw new IllegalArgumentException("not a chunk: " + chunk.json());
                }
                return new Chunk(chunk.json(), json);
            }
        }

        /** The provider says that this was all. */
        record End() implements Heard {}

        /** The provider reports an error. */
        record Fault(JsonNode error) implements Heard {}

        /** This is not the protocol. */
        record Nonsense(String what) implements Heard {}
    }
}
