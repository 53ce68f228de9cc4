package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: what they give away, and where a redirection may lead. */
class WebAddressTest {
    @Test
    void credentialsAndSignaturesAreShownNowhere() {
        WebAddress address = WebAddress.parse("https://ada:canary-word@example.com:8443/a%20b.csv?sig=canary-sig#x");
        assertThat(address.toString())
                .isEqualTo("https://example.com:8443/a b.csv")
                .doesNotContain("canary");
        assertThat(address.request().toString()).isEqualTo("https://example.com:8443/a%20b.csv?sig=canary-sig#x");
        assertThat(address.basicAuthorization())
                .hasValueSatisfying(
                        value -> assertThat(value).startsWith("Basic ").doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:// a", "http:///a.csv", "https://exa mple.com/", "https://host/%zz", "ftp://host/a"})
    void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().toString())
                                .contains("E_CONFIG")
                                .doesNotContain(text));
    }

    private static WebAddress redirected(String from, String to) {
        return WebAddress.parse(from).redirected(to);
    }

    @Test
    void redirectionsMayLeadElsewhereOnTheInternet() {
        // Addresses in numbers, so that nothing asks a name server.
        assertThat(redirected("http://8.8.8.8/a", "https://9.9.9.9/b")).hasToString("https://9.9.9.9/b");
        assertThat(redirected("https://8.8.8.8/x/a?q=1", "../b?r=2").request()).hasToString("https://8.8.8.8/b?r=2");
        assertThat(redirected("http://127.0.0.1/a", "http://127.0.0.1:81/b")).hasToString("http://127.0.0.1:81/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/b",
                "file:///etc/passwd",
                "jar:file:/a!/b",
                "https://127.0.0.1/b",
                "https://10.0.0.1/b",
                "https://172.16.0.1/b",
                "https://192.168.1.1/b",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/b",
                "https://0.0.0.0/b",
                "https://255.255.255.255/b",
                "https://[::1]/b",
                "https://[fd00::1]/b",
                "https://[fe80::1]/b",
                "https://[::ffff:10.0.0.1]/b",
                "https://[64:ff9b::a00:1]/b",
                "https://[2002:a00:1::]/b",
                "https://2130706433/b",
                "https://exa mple/b"
            })
    void redirectionsOfTheInternetLeadNowhereInside(String target) {
        assertThatThrownBy(() -> redirected("https://8.8.8.8/a", target))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_HTTP_REDIRECT"));
    }

    @Test
    void addressesThatTranslateToPublicOnesArePublic() throws UnknownHostException {
        for (String address : new String[] {"8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "2001:4860:4860::8888"}) {
            assertThat(WebAddress.isPrivate(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void credentialsStayWithTheirSite() {
        WebAddress site = WebAddress.parse("https://example.com/a");
        assertThat(WebAddress.parse("https://EXAMPLE.com/b").isSameSite(site)).isTrue();
        assertThat(WebAddress.parse("https://example.com:8443/b").isSameSite(site))
                .isFalse();
        assertThat(WebAddress.parse("http://example.com/b").isSameSite(site)).isFalse();
        assertThat(WebAddress.parse("https://example.com.evil.net/b").isSameSite(site))
                .isFalse();
    }
}
