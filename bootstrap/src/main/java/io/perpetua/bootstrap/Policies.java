package io.perpetua.bootstrap;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.bind.annotation.Bindable;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Price;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policies' numbers, as configured. What makes no sense is refused by the policies themselves, at the start. */
@Factory
final class Policies {

    @Singleton
    BudgetPolicy budget(TokenBudget config) {
        return section(
                "perpetua.token_budget",
                () -> new BudgetPolicy(
                        config.getTotal(),
                        config.getCompletion(),
                        config.getSystem(),
                        config.getAnchorsShare(),
                        config.getBrief(),
                        config.getRecent(),
                        config.getRecalled()));
    }

    @Singleton
    ModePolicy modes(Modes config) {
        return section(
                "perpetua.mode",
                () -> new ModePolicy(
                        config.getBalancedFrom(),
                        config.getSafeFrom(),
                        config.getHysteresis(),
                        new Reach(config.getBalancedRecentTurns(), config.getBalancedTopK()),
                        new Reach(config.getSafeRecentTurns(), config.getSafeTopK())));
    }

    /**
     * When recent turns are compacted.
     *
     * @param cachedShare what a cached prompt token costs, as a share of what a fresh one does; null for what the price of
     *     the model that serves says
     */
    @Singleton
    Compaction compaction(
            Memory config,
            @Nullable @Property(name = "perpetua.memory.cached-share") Double cachedShare,
            Ladders ladders) {
        return section("perpetua.memory", () -> {
            if (cachedShare != null && !(cachedShare > 0 && cachedShare <= 1)) {
                throw new IllegalArgumentException("cached_share outside (0, 1]: " + cachedShare);
            }
            return new Compaction(
                    config.getRecentTokens(),
                    Compaction.DEFAULT.keep(),
                    cachedShare == null ? freshToCached(usual(ladders).price()) : 1 / cachedShare);
        });
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

    /** What the section {@code name} makes; what the policy refuses is told as a mistake in that section. */
    static <T> T section(String name, Supplier<T> policy) {
        try {
            return policy.get();
        } catch (IllegalArgumentException e) {
            throw new Complaint(name + ": " + e.getMessage() + ".");
        }
    }

    /** The section {@code perpetua.token_budget}: tokens, and a share of them. */
    @ConfigurationProperties("perpetua.token-budget")
    interface TokenBudget {

        @Bindable(defaultValue = "8000")
        int getTotal();

        @Bindable(defaultValue = "1000")
        int getCompletion();

        @Bindable(defaultValue = "700")
        int getSystem();

        @Bindable(defaultValue = "0.2")
        double getAnchorsShare();

        @Bindable(defaultValue = "1200")
        int getBrief();

        @Bindable(defaultValue = "450")
        int getRecent();

        @Bindable(defaultValue = "3750")
        int getRecalled();
    }

    /** The section {@code perpetua.memory}. */
    @ConfigurationProperties("perpetua.memory")
    interface Memory {

        /** Most tokens of recent turns before they are compacted into the brief. */
        @Bindable(defaultValue = "2400")
        int getRecentTokens();
    }

    /** The section {@code perpetua.mode}: thresholds in tokens, and how far back each mode reaches. */
    @ConfigurationProperties("perpetua.mode")
    interface Modes {

        @Bindable(defaultValue = "5000")
        int getBalancedFrom();

        @Bindable(defaultValue = "20000")
        int getSafeFrom();

        @Bindable(defaultValue = "0.1")
        double getHysteresis();

        @Bindable(defaultValue = "30")
        int getBalancedRecentTurns();

        @Bindable(defaultValue = "5")
        int getBalancedTopK();

        @Bindable(defaultValue = "40")
        int getSafeRecentTurns();

        @Bindable(defaultValue = "7")
        int getSafeTopK();
    }
}
