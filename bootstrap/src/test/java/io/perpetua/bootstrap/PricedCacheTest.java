package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.bootstrap.replay.PricedCache;
import io.perpetua.domain.usage.PromptCache;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PricedCacheTest {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void load_providersThatSellRepeatedBeginningsForLess() {
        var caches = PricedCache.load();
        assertThat(caches).extracting(PricedCache::id).doesNotHaveDuplicates();
        assertThat(caches)
                .extracting(PricedCache::provider)
                .contains("openai", "anthropic", "gemini", "deepseek", "xai");
        assertThat(caches).allSatisfy(cache -> {
            assertThat(cache.price().cachedInput())
                    .isPositive()
                    .isLessThanOrEqualTo(cache.price().input() / 2);
            assertThat(cache.price().cacheWrite())
                    .isEqualTo(
                            cache.cache().explicit()
                                    ? 1.25 * cache.price().input()
                                    : cache.price().input());
            assertThat(cache.price().output()).isGreaterThan(cache.price().input());
        });
    }

    @Test
    void load_whatIsPublished_andWhatIsAssumedWhereNothingIs() {
        assertThat(named("openai/gpt-4o-mini").cache()).isEqualTo(new PromptCache(1, 1_024, 128, FIVE_MINUTES, false));
        assertThat(named("anthropic/claude-haiku-4-5").cache())
                .isEqualTo(new PromptCache(1, 4_096, 1, FIVE_MINUTES, true));
        assertThat(named("gemini/gemini-2.5-flash").cache())
                .isEqualTo(new PromptCache(2_048, 1, 1, FIVE_MINUTES, false));
        assertThat(named("deepseek/deepseek-v3.2").cache())
                .isEqualTo(new PromptCache(1, 64, 64, Duration.ofHours(2), false));
        assertThat(named("xai/grok-4").cache()).isEqualTo(new PromptCache(1, 1, 1, FIVE_MINUTES, false));
    }

    private static PricedCache named(String id) {
        return PricedCache.load().stream()
                .filter(cache -> cache.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
