package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactorTest {
    private final Redactor redactor = new Redactor();

    @Test
    void blotsOutASecretWhereverItStands() {
        redactor.add("hunter22");
        assertThat(redactor.redact("url x://u:hunter22@h, again hunter22!"))
                .isEqualTo("url x://u:******@h, again ******!");
    }

    @Test
    void knowsASecretInItsEncodedForms() {
        redactor.add("p@ss/w rd");
        assertThat(redactor.redact("p%40ss%2Fw%20rd and p%40ss%2Fw+rd")).isEqualTo("****** and ******");
    }

    @Test
    void knowsTheLinesOfAKey() {
        redactor.add("-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n");
        assertThat(redactor.redact("line MIIEvQIBADANBgkqhkiG9w0 is bad")).isEqualTo("line ****** is bad");
    }

    @Test
    void knowsASecretAfterItsControlCharactersWereMadeVisible() {
        redactor.add("to\u001bken");
        assertThat(redactor.redact(SafeText.of("got to\u001bken"))).isEqualTo("got ******");
    }

    @Test
    void leavesNoRestOfALongerSecret() {
        redactor.add("secret");
        redactor.add("secret-and-more");
        assertThat(redactor.redact("secret-and-more")).isEqualTo("******");
    }

    @Test
    void blotsOutAVeryShortSecretOnlyWhereItStandsAlone() {
        redactor.add("a1");
        assertThat(redactor.redact("data1 pw=a1;")).isEqualTo("data1 pw=******;");
        assertThat(redactor.redact("a1")).isEqualTo("******");
    }

    @Test
    void ignoresBlankValues() {
        redactor.add("  ");
        assertThat(redactor.redact("a  b")).isEqualTo("a  b");
    }
}
