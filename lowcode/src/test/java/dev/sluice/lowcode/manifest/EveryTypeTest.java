package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each type of component that a manifest may use has a test: a case of the comparison with the official runner, or one of its own. */
class EveryTypeTest {
    private static final Path CASES = Path.of("src/test/resources/dev/sluice/lowcode/parity");
    private static final Path TESTS = Path.of("src/test/java/dev/sluice/lowcode/source");
    private static final Pattern TYPE = Pattern.compile("\\btype: \"?(\\w+)");

    /** What cannot be compared, as it differs each time, needs bytes, or is nothing that is read; and the test that has it. */
    private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.ofEntries(
            Map.entry("AuthFlow", "ComponentsTest"),
            Map.entry("BlockSimultaneousSyncsAction", "ComponentsTest"),
            Map.entry("ComplexFieldType", "ComponentsTest"),
            Map.entry("DynamicSchemaLoader", "ComponentsTest"),
            Map.entry("DynamicStreamCheckConfig", "ComponentsTest"),
            Map.entry("JsonFileSchemaLoader", "ComponentsTest"),
            Map.entry("JwtAuthenticator", "AuthenticationTest"),
            Map.entry("JwtHeaders", "ComponentsTest"),
            Map.entry("JwtPayload", "ComponentsTest"),
            Map.entry("OAuthConfigSpecification", "ComponentsTest"),
            Map.entry("OauthConnectorInputSpecification", "ComponentsTest"),
            Map.entry("PredicateValidator", "ComponentsTest"),
            Map.entry("SchemaTypeIdentifier", "ComponentsTest"),
            Map.entry("State", "ComponentsTest"),
            Map.entry("StreamGroup", "ComponentsTest"),
            Map.entry("TypesMap", "ComponentsTest"),
            Map.entry("ZipfileDecoder", "ComponentsTest")));

    @Test
    void everyTypeHasATest() throws IOException {
        Set<String> compared = compared();
        Set<String> without = new TreeSet<>(ComponentTypes.known());
        without.removeAll(compared);
        assertThat(without).as("types without a test").isEqualTo(ELSEWHERE.keySet());
        for (Map.Entry<String, String> entry : ELSEWHERE.entrySet()) {
            assertThat(Files.readString(TESTS.resolve(entry.getValue() + ".java")))
                    .as(entry.getKey() + " in " + entry.getValue())
                    .contains(entry.getKey());
        }
    }

    private static Set<String> compared() throws IOException {
        Set<String> types = new HashSet<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Matcher matcher = TYPE.matcher(Files.readString(file));
                while (matcher.find()) {
                    types.add(matcher.group(1));
                }
            }
        }
        return types;
    }
}
