package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.load.Reply.Allowance;
import io.perpetua.benchmarks.resilience.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Users who all send at the same moment more than their limit: who gets how much is to be exact. */
final class Limits implements Scenario {

    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final String VARIABLE = "PERPETUA_LIMITS_USER_REQUESTS_PER_MINUTE";
    private static final String LIMITED = "rate_limit_exceeded";
    private static final int WORDS = 20;
    private static final int WARM_UP = 50;

    @Override
    public Findings measure(Scale scale) throws Exception {
        var findings = new Findings("limits");
        try (var model = new PacedModel(ANSWER, ANSWER);
                var site = site(findings, model, scale.perMinute())) {
            var client = site.client();
            for (int i = 0; i < WARM_UP; i++) {
                client.send(request(site, "warm-" + i, i));
            }
            long start = System.nanoTime();
            var byUser = byUser(scale, site, client);
            judge(findings, scale, byUser, (System.nanoTime() - start) / 1e9);
        }
        return findings;
    }

    /** A server with a limit for each user or, where there is none that takes one, without. */
    private static Site site(Findings findings, PacedModel model, int perMinute)
            throws IOException, InterruptedException {
        var plain = Map.of("PERPETUA_EMBEDDER", "none");
        var limited = new HashMap<>(plain);
        limited.put(VARIABLE, Integer.toString(perMinute));
        try {
            var site = new Site(model.url(), PacedModel.known(), Map.of(), limited);
            findings.target("a limit for each user is taken", 1, Relation.EXACTLY, 1);
            return site;
        } catch (IllegalStateException e) {
            findings.fact("no limit", Objects.toString(e.getMessage()).strip());
            findings.target("a limit for each user is taken", 0, Relation.EXACTLY, 1);
            return new Site(model.url(), PacedModel.known(), Map.of(), plain);
        }
    }

    private static Request request(Site site, String user, int prompt) {
        return new Request(site.model(), user, user, prompt, WORDS).withoutMemory();
    }

    /** Sends everything at once. Returns what each user was given. */
    private static List<List<Reply>> byUser(Scale scale, Site site, Client client) throws Exception {
        var go = new CountDownLatch(1);
        var replies = new ArrayList<Future<Reply>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < scale.users() * scale.perUser(); i++) {
                var request = request(site, "u" + i % scale.users(), WARM_UP + i);
                replies.add(threads.submit(() -> {
                    go.await();
                    return client.send(request);
                }));
            }
            go.countDown();
        }
        var byUser = new ArrayList<List<Reply>>();
        for (int user = 0; user < scale.users(); user++) {
            byUser.add(new ArrayList<>());
        }
        for (int i = 0; i < replies.size(); i++) {
            byUser.get(i % scale.users()).add(replies.get(i).get());
        }
        return byUser;
    }

    private static void judge(Findings findings, Scale scale, List<List<Reply>> byUser, double seconds) {
        var all = byUser.stream().flatMap(List::stream).toList();
        var row = new LinkedHashMap<String, Number>();
        row.put("requests", all.size());
        row.put("answered", Figures.count(all, Reply::answered));
        row.put("limited", Figures.count(all, Limits::limited));
        row.put("other", Figures.count(all, reply -> !reply.answered() && !limited(reply)));
        row.put(
                "fewest_answered",
                IntStream.range(0, byUser.size())
                        .map(i -> (int) answered(byUser.get(i)))
                        .min()
                        .orElse(0));
        row.put(
                "most_answered",
                IntStream.range(0, byUser.size())
                        .map(i -> (int) answered(byUser.get(i)))
                        .max()
                        .orElse(0));
        row.put("seconds", seconds); // so long that a limit is earned anew is too long
        findings.table("limits").row(scale.users() + " users", row);
        findings.fact("codes", Reply.codes(all));
        findings.target(
                "users with exactly " + scale.perMinute() + " answered and the others limited",
                Figures.count(byUser, replies -> exact(replies, scale.perMinute())),
                Relation.EXACTLY,
                byUser.size());
        findings.target(
                "users whose answers count down what remains",
                Figures.count(byUser, replies -> countsDown(replies, scale.perMinute())),
                Relation.EXACTLY,
                byUser.size());
        findings.target(
                "limited with Retry-After and nothing remaining",
                Figures.count(all, reply -> limited(reply) && saysWhen(reply, scale.perMinute())),
                Relation.EXACTLY,
                (long) byUser.size() * (scale.perUser() - scale.perMinute()));
    }

    private static boolean limited(Reply reply) {
        return reply.status() == 429 && reply.code().equals(LIMITED);
    }

    private static long answered(List<Reply> replies) {
        return Figures.count(replies, Reply::answered);
    }

    /** Whether so many are answered and all others limited. */
    static boolean exact(List<Reply> replies, int limit) {
        return answered(replies) == limit && Figures.count(replies, Limits::limited) == replies.size() - limit;
    }

    /** Whether each answer says the limit, and what remains is once each number from one less than that to 0. */
    static boolean countsDown(List<Reply> replies, int limit) {
        var remaining = replies.stream()
                .filter(Reply::answered)
                .map(Reply::limit)
                .map(said -> said == null || said.limit() != limit ? -1 : said.remaining())
                .sorted()
                .toList();
        return remaining.equals(IntStream.range(0, limit).boxed().toList());
    }

    private static boolean saysWhen(Reply reply, int limit) {
        return reply.retryAfter() > 0
                && reply.limit() instanceof Allowance(int most, int remaining, String _)
                && most == limit
                && remaining == 0;
    }
}
