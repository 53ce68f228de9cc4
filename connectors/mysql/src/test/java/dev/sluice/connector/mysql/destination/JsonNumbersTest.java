package dev.sluice.connector.mysql.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.mysql.destination.LineEncoder.Outcome;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What MySQL makes of numbers in JSON is known before they are sent. */
final class JsonNumbersTest {
    private static final long SEED = 20_260_101;

    private static Outcome of(String json, boolean nearest) {
        byte[] bytes = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        return JsonNumbers.of(bytes, 1, bytes.length - 1, nearest);
    }

    private static Outcome of(String json) {
        return of(json, false);
    }

    @Test
    void numbersThatAreKeptAreToldFromThoseThatAreNot() {
        for (String kept : List.of(
                "0",
                "-0",
                "-0.0",
                "1.10",
                "1e2",
                "18446744073709551615",
                "-9223372036854775808",
                "0.1",
                "1e300",
                "5e-324",
                "null",
                "\"1e400\"",
                "\"a\\\"1e400\"",
                "{\"a1e400\": [1, 2.50]}")) {
            assertThat(of(kept)).as(kept).isEqualTo(Outcome.WRITTEN);
        }
        for (String cut : List.of(
                "18446744073709551617",
                "123456789012345680000",
                "-9223372036854775809",
                "0.12345678901234567890",
                "1e-400",
                "{\"a\": [1, 12345678901234567890123456789.012345678901234567890]}",
                "1" + "0".repeat(200) + "1." + "1".repeat(5_000))) {
            assertThat(of(cut)).as(cut).isEqualTo(Outcome.CUT);
        }
        for (String refused : List.of("1e400", "[0.1234567890123456789, -1e309]", "9".repeat(320), "0e400")) {
            assertThat(of(refused)).as(refused).isEqualTo(Outcome.UNFIT);
        }
    }

    /** It took MySQL until after 8.0 to read the nearest number. */
    @Test
    void newerServersKeepWhatOlderOnesAlter() {
        assertThat(of("-9.221727567710865E-4", true)).isEqualTo(Outcome.WRITTEN);
        assertThat(of("-9.221727567710865E-4")).isEqualTo(Outcome.CUT);
        assertThat(of("1234567890.123456789", true)).isEqualTo(Outcome.CUT);
        assertThat(of("1e400", true)).isEqualTo(Outcome.UNFIT);
    }

    /** The parser of the server is not always right in the last digits, and so it is no use to be. */
    @Test
    void theServerReadsTheSameNumber() {
        List<String> numbers = randomNumbers(2_000);
        try (MyDatabase database = MyServer.shared(MyProduct.MYSQL).createDatabase()) {
            database.execute("CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v json)");
            database.execute("INSERT INTO t (v) VALUES "
                    + numbers.stream().map(each -> "('" + each + "')").collect(Collectors.joining(",")));
            List<String> held = database.query("SELECT CAST(v AS CHAR) FROM t ORDER BY id").stream()
                    .map(row -> String.valueOf(row.getFirst()))
                    .toList();
            assertThat(held).hasSize(numbers.size());
            boolean nearest = "1234567890.1234567"
                    .equals(database.value("SELECT CAST(CAST('1234567890.123456789' AS JSON) AS CHAR)"));
            int cut = 0;
            for (int i = 0; i < held.size(); i++) {
                boolean same = new BigDecimal(held.get(i)).compareTo(new BigDecimal(numbers.get(i))) == 0;
                assertThat(of(numbers.get(i), nearest))
                        .as(numbers.get(i) + " is held as " + held.get(i))
                        .isEqualTo(same ? Outcome.WRITTEN : Outcome.CUT);
                cut += same ? 0 : 1;
            }
            assertThat(cut).isBetween(100, 1_900);
        }
    }

    private static List<String> randomNumbers(int count) {
        Random random = new Random(SEED);
        List<String> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            int kind = random.nextInt(4);
            double value = Double.longBitsToDouble(random.nextLong());
            if (kind == 0 && Double.isFinite(value) && Math.abs(value) < 1e300) {
                numbers.add(Double.toString(value));
            } else if (kind == 1) {
                numbers.add(Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)));
            } else if (kind == 2) {
                numbers.add(new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(40))
                        .toPlainString());
            } else if (kind == 3) {
                numbers.add("-" + (1 + random.nextInt(9)) + Long.toUnsignedString(random.nextLong()) + "e"
                        + (random.nextInt(500) - 250));
            }
        }
        return numbers;
    }
}
