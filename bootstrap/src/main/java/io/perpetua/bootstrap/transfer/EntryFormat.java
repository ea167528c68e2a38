package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.Entry;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.time.DateTimeException;
import java.util.Map;

/*
 * Each line is an object with one field, which names the kind of line:
 *
 *   {"perpetua":"export","version":1}                   the first
 *   {"family":{tenant,namespace,branches}}              conversations that share turns begin
 *   {"turn":{branch,number,role,text,…,wire,…}}         of this family
 *   {"conversation":{id,path,turns,…,anchors,brief}}    of this family
 *   {"changed":{}}                                      the family counts for nothing
 *   {"grown":{names}}                                   conversations in the order of their growth
 *   {"fact":{tenant,namespace,id,subject,predicate,object,…,sources}}
 *   {"key":…}, {"spent":…}, {"learnt":…}
 *   {"end":{families,conversations,turns,…,sha256}}     the last, with the digest of all bytes before it
 */
/** How entries are written as lines of JSON, and read. Safe for concurrent use. */
final class EntryFormat {

    static final int VERSION = 1;
    static final String HEADER = "perpetua";
    static final String END = "end";

    /** Whoever wrote a text has bounded it already. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EntryFormat() {}

    static ObjectNode header() {
        return JSON.createObjectNode().put(HEADER, "export").put("version", VERSION);
    }

    static ObjectNode write(Entry entry) {
        return switch (entry) {
            case Entry.Begun begun -> line("family", ConversationFormat.family(begun));
            case Entry.Said said -> line("turn", TurnFormat.turn(said));
            case Entry.Held held -> line("conversation", ConversationFormat.conversation(held.conversation()));
            case Entry.Changed _ -> line("changed", JSON.createObjectNode());
            case Entry.Grown grown -> line("grown", grown(grown));
            case Entry.Known known -> line("fact", FactFormat.fact(known));
            case Entry.Key key -> line("key", AccessFormat.key(key.key()));
            case Entry.Spending spending -> line("spent", AccessFormat.spent(spending.spent()));
            case Entry.Learnt learnt -> line("learnt", LearntFormat.learnt(learnt));
        };
    }

    private static ObjectNode line(String kind, JsonNode value) {
        return JSON.createObjectNode().set(kind, value);
    }

    private static ObjectNode grown(Entry.Grown grown) {
        var node = JSON.createObjectNode();
        var names = node.putArray("names");
        for (ConversationKey each : grown.conversations()) {
            names.addArray()
                    .add(each.scope().tenant())
                    .add(each.scope().namespace())
                    .add(each.id());
        }
        return node;
    }

    /**
     * The fields of a line.
     *
     * @throws Malformed when it is no such line
     */
    static Map.Entry<String, JsonNode> kind(String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode object && !object.isEmpty()) {
                return object.has(HEADER)
                        ? Map.entry(HEADER, object)
                        : object.properties().iterator().next();
            }
        } catch (JsonProcessingException e) {
            throw new Malformed("no JSON, or not all of it");
        }
        throw new Malformed("expected an object with fields");
    }

    /**
     * The entry in a line.
     *
     * @param scope of the family that was begun last
     * @throws Malformed when a field is missing or makes no sense
     */
    static Entry read(String kind, JsonNode value, Scope scope) {
        var fields = new FieldsOf(kind, value);
        try {
            return switch (kind) {
                case "family" -> ConversationFormat.family(fields);
                case "turn" -> TurnFormat.turn(fields);
                case "conversation" -> new Entry.Held(ConversationFormat.conversation(fields, scope));
                case "changed" -> new Entry.Changed();
                case "grown" -> new Entry.Grown(fields.each("names", EntryFormat::name));
                case "fact" -> FactFormat.fact(fields);
                case "key" -> new Entry.Key(AccessFormat.key(fields));
                case "spent" -> new Entry.Spending(AccessFormat.spent(fields));
                case "learnt" -> LearntFormat.learnt(fields);
                default -> throw new Malformed("nothing is called " + kind + " in this version");
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new Malformed(kind + ": " + e.getMessage());
        }
    }

    private static ConversationKey name(FieldsOf name) {
        return new ConversationKey(new Scope(name.text(0), name.text(1)), name.text(2));
    }

    /** Something in a line is not as it should be. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }
}
