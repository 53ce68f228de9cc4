package dev.sluice.cdk.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names become identifiers that fit, stay apart, and are the same at each run. */
final class IdentifiersTest {
    private static final SqlDialect EXACT_CASE = new DialectForTests(20, true);
    private static final SqlDialect ANY_CASE = new DialectForTests(20, false);

    @Test
    void aNameThatFitsIsKeptWhateverItsCharacters() {
        assertThat(Identifiers.fit("we\"ird na.me", EXACT_CASE)).isEqualTo("we\"ird na.me");
    }

    @Test
    void aLongNameKeepsItsBeginningAndGetsADigest() {
        String cut = Identifiers.fit("a_very_long_name_of_a_column", EXACT_CASE);
        assertThat(cut).startsWith("a_very_long_n").hasSize(20);
        assertThat(Identifiers.fit("a_very_long_name_of_another", EXACT_CASE)).isNotEqualTo(cut);
        assertThat(Identifiers.fit("a_very_long_name_of_a_column", EXACT_CASE)).isEqualTo(cut);
    }

    @Test
    void noCharacterIsCutInHalf() {
        String cut = Identifiers.fit("ééééééééééé€€€", EXACT_CASE);
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(20);
        assertThat(cut).doesNotContain("\uFFFD").startsWith("éééééé");
        assertThat(Identifiers.fit("😀😀😀😀😀😀", EXACT_CASE))
                .startsWith("😀😀😀")
                .matches("(😀)+_[0-9a-f]{6}");
    }

    @Test
    void namesThatDifferByCaseAreTwoWhereTheDatabaseTellsThemApart() {
        Identifiers names = new Identifiers(EXACT_CASE);
        assertThat(names.unique("id")).isEqualTo("id");
        assertThat(names.unique("ID")).isEqualTo("ID");
    }

    @Test
    void namesThatDifferByCaseAreNumberedWhereItDoesNot() {
        Identifiers names = new Identifiers(ANY_CASE);
        assertThat(names.unique("id")).isEqualTo("id");
        assertThat(names.unique("ID")).isEqualTo("ID_1");
        assertThat(names.unique("Id")).isEqualTo("Id_2");
    }

    @Test
    void aNumberStillFitsBehindALongName() {
        Identifiers names = new Identifiers(ANY_CASE);
        String first = names.unique("x".repeat(20));
        String second = names.unique("X".repeat(20));
        assertThat(first).hasSize(20);
        assertThat(second).hasSize(20).endsWith("_1");
    }
}
