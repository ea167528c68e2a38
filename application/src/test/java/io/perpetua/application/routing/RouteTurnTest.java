package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.ScriptedCircuits;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.RouteTurn.Question;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTurnTest {

    private static final Question CODE = new Question("Write a Python function that reverses a list", null);
    private static final Question HELLO = new Question("hello there", null);
    private static final Rung FLASH = new Rung("gemini", "flash");
    private static final Rung MINI = new Rung("openai", "mini");

    private final Models models = new Models(List.of(provider("gemini", "flash"), provider("openai", "mini", "other")));
    private final Offers offers = new Offers(new Offer(models, ladders()));
    private final ScriptedCircuits circuits = new ScriptedCircuits();
    private Standings learnt = Standings.NONE;

    @Test
    void route_auto_goesDownTheLadderOfTheIntent() {
        var route = router(false).route(Models.AUTO, CODE);
        assertThat(route.intent()).isEqualTo(Intent.CODING_HELP);
        assertThat(rungs(route)).containsExactly(FLASH, MINI);
        assertThat(route.reason()).startsWith("coding_help").endsWith("; the ladder as configured");
        assertThat(route.words()).isNotEmpty().noneMatch(route.reason()::contains);

        var greeting = router(false).route(Models.AUTO, HELLO);
        assertThat(greeting.intent()).isEqualTo(Intent.SOCIAL_CHAT);
        assertThat(rungs(greeting)).containsExactly(MINI);
    }

    @Test
    void route_firstRungFailedLately_comesLater() {
        for (int i = 0; i < 5; i++) {
            learnt = learnt.with(FLASH, new Outcome(false, 1, 0), 0.1);
        }
        var route = router(false).route(Models.AUTO, CODE);
        assertThat(rungs(route)).containsExactly(MINI, FLASH);
        assertThat(route.reason()).endsWith("; by what was learnt openai/mini stands before gemini/flash");
    }

    @Test
    void route_byChance_saysSoAndIsNotWhatIsExpected() {
        var router = router(false, LadderOrder.DEFAULT.exploring(0.9));
        var route = router.route(Models.AUTO, CODE);
        assertThat(rungs(route)).containsExactly(MINI, FLASH);
        assertThat(route.reason()).endsWith("; openai/mini is tried first by chance");
        assertThat(rungs(
                        router.explain(Models.AUTO, CODE, Caller.LOCAL.access()).route()))
                .containsExactly(FLASH, MINI);
    }

    @Test
    void onLadders_callsOfOtherRungs_areNotHeardOf() {
        var heard = new ArrayList<Rung>();
        var listener = offers.onLadders(call -> heard.add(call.rung()));
        for (var rung : List.of(FLASH, MINI, new Rung("openai", "other"))) {
            listener.over(new ProviderCall(Intent.SOCIAL_CHAT, rung, null, Duration.ZERO, Usage.NONE, null));
        }
        assertThat(heard).containsExactly(MINI);
    }

    @Test
    void browse_rungAskedByName_isShownWithWhatItLacked() {
        var recent = new RecentCalls();
        recent.over(new ProviderCall(
                Intent.SOCIAL_CHAT, new Rung("openai", "new"), null, Duration.ofMillis(3), Usage.NONE, null));
        var providers = new BrowseProviders(offers, router(false), circuits, recent).browse();
        assertThat(providers).extracting(BrowseProviders.Provider::name).containsExactly("gemini", "openai");
        var models = providers.getLast().models();
        assertThat(models).extracting(BrowseProviders.Model::name).containsExactly("mini", "other", "new");
        assertThat(models.getLast().recent().priceMissing()).isEqualTo(1);
    }

    @Test
    void route_offerReplaced_goesByTheNewOneAndLeavesEarlierRoutesAsTheyWere() {
        var router = router(false);
        var before = router.route(Models.AUTO, HELLO);
        var heard = new ArrayList<Rung>();
        var listener = offers.onLadders(call -> heard.add(call.rung()));
        var next = new Models(List.of(provider("mistral", "tiny")));
        var tiny = next.target("mistral/tiny");
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(intent, List.of(tiny));
        }
        offers.replace(new Offer(next, new Ladders(ladders)));

        assertThat(rungs(router.route(Models.AUTO, HELLO))).containsExactly(tiny.rung());
        assertThatThrownBy(() -> router.route("openai/mini", HELLO)).isInstanceOf(RequestRefused.class);
        assertThat(rungs(before)).containsExactly(MINI);
        for (var rung : List.of(MINI, tiny.rung())) {
            listener.over(new ProviderCall(Intent.SOCIAL_CHAT, rung, null, Duration.ZERO, Usage.NONE, null));
        }
        assertThat(heard).containsExactly(tiny.rung());
        assertThat(new BrowseProviders(offers, router, circuits, new RecentCalls()).browse())
                .extracting(BrowseProviders.Provider::name)
                .containsExactly("mistral");
    }

    @Test
    void route_namedModel_isAskedAlone() {
        var route = router(false).route("openai/other", CODE);
        assertThat(rungs(route)).containsExactly(new Rung("openai", "other"));
        assertThat(route.intent()).isEqualTo(Intent.CODING_HELP);
    }

    @Test
    void route_namedModelFallsBack_isFollowedByTheLadder() {
        assertThat(rungs(router(true).route("openai/mini", CODE))).containsExactly(MINI, FLASH);
        assertThat(rungs(router(true).route("openai/other", CODE)))
                .containsExactly(new Rung("openai", "other"), FLASH, MINI);
    }

    @Test
    void route_unknownModel_isRefused() {
        assertThatThrownBy(() -> router(true).route("nobody", CODE)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> router(true).route("openai/ ", CODE)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void route_embedderAway_goesByTheWords() {
        var embedder = new FakeEmbedder();
        embedder.goAway();
        var intents = new JudgeIntent(IntentClassifier.shipped(), new QuestionVectors(embedder));
        assertThat(intents.judge(CODE.message(), null).intent()).isEqualTo(Intent.CODING_HELP);
    }

    @Test
    void route_followUp_dependsOnWhatWentBefore() {
        var intents = new JudgeIntent(IntentClassifier.shipped(), null);
        assertThat(intents.judge("explain how that works", CODE.message()).reason())
                .endsWith("after coding_help");
    }

    @Test
    void explain_route_saysHowEachRungStands() {
        circuits.rest(FLASH, State.KEY_REFUSED, Duration.ofMinutes(3));
        var router = router(false);
        var explained = router.explain(Models.AUTO, CODE, Caller.LOCAL.access()).rungs();
        assertThat(explained)
                .extracting(each -> each.condition().state())
                .containsExactly(State.KEY_REFUSED, State.CLOSED);
        assertThat(explained.getFirst().score()).isEqualTo(0.9);

        var named = router.explain("openai/other", CODE, Caller.LOCAL.access()).rungs();
        assertThat(named.getFirst().score()).as("on no ladder").isNull();
    }

    @Test
    void fitting_smallerWindows_areLeftOutUnlessAllAre() {
        var small = new Target(provider("a", "m"), new ModelInfo("a", "m", 8_000, null));
        var large = new Target(provider("b", "m"), new ModelInfo("b", "m", 64_000, null));
        var route = new Route(Intent.QA_RETRIEVAL, List.of(small, large), "", List.of());
        assertThat(route.fitting(8_000).rungs()).containsExactly(small, large);
        assertThat(route.fitting(8_001).rungs()).containsExactly(large);
        assertThat(route.fitting(64_001).rungs()).containsExactly(small, large);
    }

    @Test
    void ladders_anIntentWithoutRungs_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ladders(Map.of()))
                .withMessageContaining("coding_help");
    }

    private RouteTurn router(boolean namedFallsBack) {
        return router(namedFallsBack, LadderOrder.DEFAULT.exploring(0));
    }

    private Ladders ladders() {
        var flash = models.target("gemini/flash");
        var mini = models.target("openai/mini");
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(intent, intent == Intent.SOCIAL_CHAT ? List.of(mini) : List.of(flash, mini, flash));
        }
        return new Ladders(ladders);
    }

    private RouteTurn router(boolean namedFallsBack, LadderOrder order) {
        return new RouteTurn(
                offers,
                new JudgeIntent(IntentClassifier.shipped(), null),
                intent -> learnt,
                order,
                circuits,
                () -> () -> 0L,
                namedFallsBack);
    }

    private static List<Rung> rungs(Route route) {
        return route.rungs().stream().map(Target::rung).toList();
    }

    private static ScriptedProvider provider(String name, String... models) {
        return new ScriptedProvider(
                name,
                List.of(models).stream()
                        .map(model -> ModelInfo.unlisted(name, model))
                        .toArray(ModelInfo[]::new));
    }
}
