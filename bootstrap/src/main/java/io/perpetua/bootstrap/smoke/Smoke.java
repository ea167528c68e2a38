package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.bootstrap.smoke.Failed.Skipped;
import io.perpetua.bootstrap.smoke.Verdict.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The evaluation: one conversation, and what the server makes of it. It is erased at the end. Not for more than one run. */
final class Smoke {

    private static final String FIRST_CODE = "reverse a list in python";

    /** What can be answered only from what was said. */
    static final String LANGUAGE_QUESTION = "In which language was I to reverse a list?";

    private static final String LANGUAGE = "python";

    private final Client client;
    private final String model;
    private final @Nullable String failing;
    private final String nonce;
    private final Consumer<Verdict> listener;
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * An evaluation of the server that {@code client} asks.
     *
     * @param model who answers
     * @param failing a model whose provider fails, and that the server lets others stand in for; null for none
     * @param nonce what tells this run's conversation from all others
     * @param listener is told each verdict as it falls
     */
    Smoke(Client client, String model, @Nullable String failing, String nonce, Consumer<Verdict> listener) {
        this.client = client;
        this.model = model;
        this.failing = failing;
        this.nonce = nonce;
        this.listener = listener;
    }

    /** A check: what there is to say about it when it holds. */
    @FunctionalInterface
    private interface Check {

        String run() throws Failed, Skipped;
    }

    /** Everything, in order. */
    List<Verdict> run() {
        for (int i = 0; i < Case.ALL.size(); i++) {
            int number = i;
            var each = Case.ALL.get(i);
            check(number + 1 + " " + each.said(), () -> say(each, number));
        }
        check("memory: every turn is kept", this::everyTurnIsKept);
        check("memory: what was said is found", this::whatWasSaidIsFound);
        check("memory: an answer knows of it", this::anAnswerKnows);
        check("cache: the same again is a hit", this::cache);
        if (failing == null) {
            tell(new Verdict("fallback", Mark.SKIPPED, "no failing model is named (--failing)", Duration.ZERO));
        } else {
            check("fallback: another answers", () -> fallback(failing));
        }
        check("facts: told, known, found, gone", this::facts);
        check("erasing: nothing is left", this::erasing);
        return List.copyOf(verdicts);
    }

    private void check(String name, Check check) {
        long start = System.nanoTime();
        Verdict verdict;
        try {
            String detail = check.run();
            verdict = new Verdict(name, Mark.PASSED, detail, since(start));
        } catch (Failed e) {
            verdict = new Verdict(name, Mark.FAILED, String.valueOf(e.getMessage()), since(start));
        } catch (Skipped e) {
            verdict = new Verdict(name, Mark.SKIPPED, String.valueOf(e.getMessage()), since(start));
        }
        tell(verdict);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void tell(Verdict verdict) {
        verdicts.add(verdict);
        listener.accept(verdict);
    }

    private String conversation() {
        return "smoke-" + nonce;
    }

    /** Each message goes alone: what was said before is the server's to know. */
    private String say(Case each, int number) throws Failed {
        var answer = client.streamed(client.chat(model, conversation(), each.said()));
        String intent = answer.metadata().path("intent").asText();
        Failed.unless(intent.equals(each.intent()), "taken for " + intent + ", which it is not: " + each.intent());
        String wrong = each.wrong(answer);
        Failed.unless(wrong == null, String.valueOf(wrong));
        String id = answer.metadata().path("conversation_id").asText();
        Failed.unless(id.equals(conversation()), "the answer is one of the conversation '" + id + "'");
        account(answer.metadata());
        int turn = answer.metadata().path("turn").asInt();
        Failed.unless(turn == 2 * (number + 1), "the answer is turn " + turn + " of " + 2 * (number + 1));
        return intent + ", " + answer.metadata().path("model").asText();
    }

    /** What an answer has to say about itself. */
    private static void account(JsonNode metadata) throws Failed {
        Failed.unless(metadata.path("tokens").path("sent").asInt() > 0, "the account has no tokens");
        boolean given = metadata.path("cache_hit").asBoolean(); // a greeting may have been answered before
        var usage = metadata.path("usage");
        Failed.unless(given ? usage.has("output") : usage.path("output").asInt() > 0, "the account has no usage");
        Failed.unless(metadata.path("mode_used").isTextual(), "the account has no mode");
        Failed.unless(
                !metadata.path("attempts").isEmpty()
                        || metadata.path("cache_hit").asBoolean(),
                "the account says of nobody that it was asked");
        for (JsonNode missing : metadata.path("degraded")) { // a question's embedding may come too late once
            Failed.unless(missing.asText().equals("embedder"), "something was missing: " + metadata.path("degraded"));
        }
    }

    private String everyTurnIsKept() throws Failed {
        var turns = client.get("/v1/conversations/" + conversation() + "/turns?limit=100")
                .path("data");
        Failed.unless(turns.size() == 2 * Case.ALL.size(), turns.size() + " turns of " + 2 * Case.ALL.size());
        for (int i = 0; i < turns.size(); i++) {
            boolean user = i % 2 == 0;
            String role = turns.path(i).path("role").asText();
            Failed.unless(role.equals(user ? "user" : "assistant"), "turn " + (i + 1) + " is of '" + role + "'");
            String text = turns.path(i).path("text").asText();
            Failed.unless(!text.isBlank(), "turn " + (i + 1) + " is empty");
            Failed.unless(
                    !user || text.equals(Case.ALL.get(i / 2).said()),
                    "turn " + (i + 1) + " is not what was said: " + Answer.clip(text));
        }
        return turns.size() + " turns";
    }

    private String whatWasSaidIsFound() throws Failed {
        var query = client.object().put("conversation_id", conversation()).put("query", FIRST_CODE);
        var matches = client.post("/v1/memory/query", query).path("matches");
        var turns = StreamSupport.stream(matches.spliterator(), false)
                .map(match -> match.path("turn").asInt())
                .toList();
        Failed.unless(turns.contains(3) || turns.contains(4), "'" + FIRST_CODE + "' finds the turns " + turns);
        return "turns " + turns;
    }

    private String anAnswerKnows() throws Failed {
        var answer = client.whole(client.chat(model, conversation(), LANGUAGE_QUESTION));
        Failed.unless(
                answer.text().toLowerCase(Locale.ROOT).contains(LANGUAGE),
                "'" + LANGUAGE_QUESTION + "' is answered without it: " + Answer.clip(answer.text()));
        return Answer.clip(answer.text());
    }

    private String cache() throws Failed, Skipped {
        var first = client.whole(question("-first"));
        if (first.cache().equals("BYPASS")) {
            client.tell("DELETE", "/v1/conversations/" + conversation() + "-first", null);
            throw new Skipped("the server keeps no answers");
        }
        Failed.unless(first.cache().equals("MISS"), "a new question is '" + first.cache() + "'");
        var second = client.whole(question("-second"));
        client.tell("DELETE", "/v1/conversations/" + conversation() + "-first", null);
        client.tell("DELETE", "/v1/conversations/" + conversation() + "-second", null);
        Failed.unless(second.cache().equals("HIT"), "the same question once more is '" + second.cache() + "'");
        Failed.unless(second.text().equals(first.text()), "the answer is another than before");
        return "MISS, then HIT";
    }

    private ObjectNode question(String conversation) {
        return client.chat(model, conversation() + conversation, "Say hello to guest " + nonce + ".");
    }

    private String fallback(String failingModel) throws Failed {
        var answer = client.whole(client.chat(failingModel, null, "Say hello to visitor " + nonce + ".")
                .put("use_memory", false));
        var metadata = answer.metadata();
        Failed.unless(metadata.path("fallback_used").asBoolean(), "fallback_used is not true");
        var attempts = metadata.path("attempts");
        Failed.unless(attempts.size() > 1, "attempts: " + attempts);
        Failed.unless(!attempts.path(0).path("outcome").asText().equals("ok"), "the failing model has answered");
        Failed.unless(!answer.text().isBlank(), "the answer is empty");
        return attempts.path(0).path("outcome").asText() + ", then "
                + metadata.path("provider").asText();
    }

    private String facts() throws Failed, Skipped {
        ObjectNode fact = client.object()
                .put("subject", "smoke " + nonce)
                .put("predicate", "checks")
                .put("object", "this server")
                .put("confidence", 0.95);
        var told = client.tell("POST", "/v1/facts", fact);
        if (told.status() == 403) {
            throw new Skipped("the key lacks the scope 'facts'");
        }
        Failed.unless(told.status() == 201, "a new fact is answered with " + told.status());
        var again = client.tell("POST", "/v1/facts", fact);
        Failed.unless(again.status() == 200, "a known fact is answered with " + again.status());
        String id = told.json().path("fact_id").asText();
        Failed.unless(
                again.json().path("duplicate").asBoolean()
                        && again.json().path("fact_id").asText().equals(id),
                "a known fact is not called a duplicate of the first");
        var found = find();
        Failed.unless(found.path("total").asInt() == 1, "the fact is found " + found.path("total") + " times");
        client.tell("DELETE", "/v1/facts/" + id, null);
        Failed.unless(find().path("total").asInt() == 0, "the fact is found after it was deleted");
        return id;
    }

    private JsonNode find() throws Failed {
        return client.post(
                "/v1/facts/query",
                client.object().put("subject", "smoke " + nonce).put("limit", 5));
    }

    private String erasing() throws Failed {
        var erased = client.tell("DELETE", "/v1/conversations/" + conversation(), null);
        Failed.unless(erased.status() == 200, "erasing is answered with " + erased.status());
        int then =
                client.tell("GET", "/v1/conversations/" + conversation(), null).status();
        Failed.unless(then == 404, "an erased conversation is answered with " + then);
        return "404";
    }
}
