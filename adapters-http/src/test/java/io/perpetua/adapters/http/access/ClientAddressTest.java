package io.perpetua.adapters.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static String of(List<String> trusted, String connected, String... forwarded) {
        return new ClientAddress(trusted).of(connected, List.of(forwarded));
    }

    @Test
    void of_header_isNotBelievedUnlessAProxyIsTrusted() {
        assertThat(of(List.of(), "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
        assertThat(of(List.of("10.0.0.0/8"), "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
    }

    @Test
    void of_trustedProxy_namesTheClient() {
        assertThat(of(List.of("10.0.0.0/8"), "10.1.2.3", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(of(List.of("10.0.0.0/8"), "10.1.2.3")).isEqualTo("10.1.2.3");
    }

    @Test
    void of_whatTheClientWroteItself_isNotBelieved() {
        assertThat(of(List.of("10.0.0.0/8"), "10.1.2.3", "1.1.1.1, 198.51.100.7"))
                .isEqualTo("198.51.100.7");
        assertThat(of(List.of("10.0.0.0/8"), "10.1.2.3", "1.1.1.1", "198.51.100.7, 10.9.9.9"))
                .isEqualTo("198.51.100.7");
        assertThat(of(List.of("10.0.0.0/8"), "10.1.2.3", "198.51.100.7, nonsense"))
                .isEqualTo("10.1.2.3");
    }

    @Test
    void of_version6_isAnAddressLikeAnyOther() {
        assertThat(of(List.of("fd00::/8", "::ffff:10.0.0.1"), "10.0.0.1", "2001:db8::1, fd12::7"))
                .isEqualTo("2001:db8::1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void contains_isByTheLeadingBits(String range, String address, boolean inside) {
        byte[] bytes = AddressRange.bytes(address);
        assertThat(bytes != null && AddressRange.parse(range).contains(bytes)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "::1/129", "10.0.0/8/8"})
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
    }
}
