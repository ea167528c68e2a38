package io.perpetua.domain.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final String SECRET = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
    private static final String TEXT = "perp-0123456789ab-" + SECRET;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void parse_whatWasMade_isTheSameKey(long seed) {
        var made = KeyText.make(new SplittableRandom(seed));

        var parsed = requireNonNull(KeyText.parse(made.reveal()));

        assertThat(parsed.id()).isEqualTo(made.id()).matches("[0-9a-f]{12}");
        assertThat(parsed.reveal()).isEqualTo(made.reveal()).hasSize(61);
        assertThat(parsed.matches(made.digest())).isTrue();
    }

    @Test
    void make_twice_givesTwoKeys() {
        var random = new SplittableRandom(1);
        var one = KeyText.make(random);
        var other = KeyText.make(random);

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(one.matches(other.digest())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "perp-",
                "sk-0123456789ab-" + SECRET,
                TEXT + "A",
                TEXT + "\n",
                " " + TEXT,
                "perp-0123456789ab_" + SECRET,
                "PERP-0123456789ab-" + SECRET,
                "perp-0123456789AB-" + SECRET,
                "perp-0123456789a\n-" + SECRET,
                "perp-0123456789ab-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCd",
                "perp-0123456789ab-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCd=",
                "perp-0123456789ab-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdé",
            })
    void parse_anythingElse_isNull(String text) {
        assertThat(KeyText.parse(text)).isNull();
    }

    @Test
    void digest_isOfTheSecretAlone() throws Exception {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.US_ASCII));

        assertThat(requireNonNull(KeyText.parse(TEXT)).digest())
                .isEqualTo(HexFormat.of().formatHex(sha256));
    }

    @Test
    void matches_digestThatDiffersAnywhere_isFalse() {
        var key = requireNonNull(KeyText.parse(TEXT));
        String digest = key.digest();

        assertThat(key.matches(digest)).isTrue();
        for (int i = 0; i < digest.length(); i++) {
            char other = digest.charAt(i) == '0' ? '1' : '0';
            assertThat(key.matches(digest.substring(0, i) + other + digest.substring(i + 1)))
                    .isFalse();
        }
        assertThat(key.matches("")).isFalse();
        assertThat(key.matches(SECRET)).isFalse();
    }

    @Test
    void toString_hidesTheSecret() {
        assertThat(requireNonNull(KeyText.parse(TEXT)))
                .asString()
                .contains("0123456789ab")
                .doesNotContain(SECRET)
                .doesNotContain("AbCd");
    }
}
