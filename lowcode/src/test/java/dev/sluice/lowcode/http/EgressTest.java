package dev.sluice.lowcode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer of the internet leads nowhere inside, and no manifest to anything but http. Addresses only, so that nothing is looked up. */
class EgressTest {
    private static final URI OUTSIDE = URI.create("https://203.0.113.7/a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1.2.3:8080/x",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
            })
    void fromTheInternetNothingLeadsInside(String target) {
        assertThatThrownBy(() -> Egress.require(OUTSIDE, Egress.address(target)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_HTTP_REFUSED"));
    }

    @Test
    void theInternetLeadsToTheInternetAndTheInsideAnywhere() {
        assertThatCode(() -> Egress.require(OUTSIDE, URI.create("https://198.51.100.9/b")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Egress.require(URI.create("http://10.0.0.1/"), URI.create("http://10.0.0.2/")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.com/a",
                "jar:file:/a.jar!/b",
                "/only/a/path",
                "http:///nohost",
                "",
                "http://a b\0c",
            })
    void anAddressIsOneOfHttp(String address) {
        assertThatThrownBy(() -> Egress.address(address))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_MANIFEST"));
    }
}
