package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.Offers;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Price;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The policies' numbers, as configured. What makes no sense is refused by the policies themselves, at the start. */
@Factory
final class Policies {

    @Singleton
    Settings settings(Environment environment) {
        return new Settings(environment);
    }

    @Singleton
    static BudgetPolicy budget(Settings settings) {
        return new BudgetPolicy(
                settings.get(Keys.BUDGET_TOTAL),
                settings.get(Keys.BUDGET_COMPLETION),
                settings.get(Keys.BUDGET_SYSTEM),
                settings.get(Keys.BUDGET_ANCHORS_SHARE),
                settings.get(Keys.BUDGET_BRIEF),
                settings.get(Keys.BUDGET_RECENT),
                settings.get(Keys.BUDGET_RECALLED));
    }

    @Singleton
    static ModePolicy modes(Settings settings) {
        return new ModePolicy(
                settings.get(Keys.BALANCED_FROM),
                settings.get(Keys.SAFE_FROM),
                settings.get(Keys.HYSTERESIS),
                new Reach(settings.get(Keys.BALANCED_RECENT_TURNS), settings.get(Keys.BALANCED_TOP_K)),
                new Reach(settings.get(Keys.SAFE_RECENT_TURNS), settings.get(Keys.SAFE_TOP_K)));
    }

    /**
     * When recent turns are compacted. What a cached token costs is what the price of the model says that serves at the
     * start, and stays so: prices that are read again change what is billed, not how contexts are laid out.
     */
    @Singleton
    Compaction compaction(Settings settings, Offers offers) {
        Double cachedShare = settings.find(Keys.CACHED_SHARE);
        return new Compaction(
                settings.get(Keys.RECENT_TOKENS),
                Compaction.DEFAULT.keep(),
                cachedShare == null
                        ? freshToCached(usual(offers.now().ladders()).price())
                        : 1 / cachedShare);
    }

    /** Who serves a turn of which nothing is known. */
    private static ModelInfo usual(Ladders ladders) {
        return ladders.of(Intent.AMBIGUOUS_OR_OTHER).getFirst().model();
    }

    /** How many times as much a fresh token costs as a cached one with the model that serves unless another is named. */
    private static double freshToCached(@Nullable Price price) {
        return price == null || price.cachedInput() == 0
                ? Compaction.UNKNOWN_PRICES
                : price.input() / price.cachedInput();
    }
}
