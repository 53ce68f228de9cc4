package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Ports that the official runner was not asked about: rules of options, and what the vendor says of a scroll. */
class PortedRulesTest {
    private static final FakeService SERVICE = new FakeService();

    private final Reading reading = new Reading();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private Source open(String rules, String retriever, Map<String, Object> config) {
        Map<String, Object> all = new LinkedHashMap<>(config);
        all.put("url", SERVICE.url());
        return reading.open("""
            version: "6"
            check: {stream_names: [items]}
            spec:
              type: Spec
              connection_specification: {type: object, properties: {}}
              config_normalization_rules: {type: ConfigNormalizationRules RULES}
            streams:
              - name: items
                retriever:
                  RETRIEVER
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
                schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: integer}}}}
            """.replace("RULES", rules).replace("RETRIEVER", retriever), all);
    }

    private static final String PLAIN =
            "requester: {url_base: \"{{ config['url'] }}\", path: items, request_parameters: {dc: \"{{"
                    + " config.get('data_center') }}\"}}";

    private static String validated(String option, String className) {
        return ", validations: [{type: DpathValidator, field_path: [" + option
                + "], validation_strategy: {type: CustomValidationStrategy, class_name: " + className + "}}]";
    }

    private static String centre() {
        return ", transformations: [{type: CustomConfigTransformation, class_name:"
                + " source_mailchimp.components.MailChimpOAuthDataCenterExtractor, asked: {condition: \"{{"
                + " config['credentials']['auth_type'] == 'oauth2.0' }}\", url: \"{{ config['url'] }}/metadata\","
                + " authorization: \"OAuth {{ config['credentials']['access_token'] }}\", member: dc}}]";
    }

    private void read(Map<String, Object> config, String rules) {
        try (Source source = open(rules, PLAIN, config)) {
            reading.full(source, "items");
        }
    }

    @Test
    void theDataCentreOfAnAccountStandsInItsKey() {
        SERVICE.answer(request -> Reply.json("{\"data\": []}"));
        read(Map.of("credentials", Map.of("auth_type", "apikey", "apikey", "abc-us7")), centre());
        assertThat(SERVICE.asked())
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("dc", "us7"));
    }

    @Test
    void theServiceTellsTheDataCentreOfWhoLogsInByOAuth() {
        SERVICE.answer(
                request -> Reply.json(request.path().equals("/metadata") ? "{\"dc\": \"us9\"}" : "{\"data\": []}"));
        read(Map.of("credentials", Map.of("auth_type", "oauth2.0", "access_token", "t")), centre());
        assertThat(SERVICE.asked().getFirst().headers()).containsEntry("Authorization", "OAuth t");
        assertThat(SERVICE.asked().getLast().query()).containsEntry("dc", "us9");
    }

    @Test
    void aTokenThatTellsNoDataCentreIsRefused() {
        SERVICE.answer(request -> Reply.json("{\"error\": \"invalid_token\"}"));
        assertThatThrownBy(() ->
                        read(Map.of("credentials", Map.of("auth_type", "oauth2.0", "access_token", "t")), centre()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("data_center")
                .hasMessageNotContaining("OAuth t");
    }

    @Test
    void anAddressHasToBeAHost() {
        SERVICE.answer(request -> Reply.json("{\"data\": []}"));
        String rules = validated("api_url", "source_gitlab.components.ValidateApiUrl");
        for (String good : List.of("gitlab.com", "https://gitlab.example", "http://a.b:8080")) {
            read(Map.of("api_url", good), rules);
        }
        for (String bad : List.of("gitlab", "ftp://gitlab.com", "gitlab.com/x", "https://gitlab.com/x")) {
            assertThatThrownBy(() -> read(Map.of("api_url", bad), rules))
                    .as(bad)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("api_url");
        }
    }

    @Test
    void namesInListsOfOptionsHaveToDiffer() {
        SERVICE.answer(request -> Reply.json("{\"data\": []}"));
        String streams = validated(
                "report_options_list",
                "source_amazon_seller_partner.components.ValidateReportOptionsListStreamNameUniqueness");
        String options = validated(
                "report_options_list",
                "source_amazon_seller_partner.components.ValidateReportOptionsListOptionNameUniqueness");
        Map<String, Object> one = Map.of(
                "stream_name", "a", "options_list", List.of(Map.of("option_name", "x"), Map.of("option_name", "y")));
        Map<String, Object> twice = Map.of(
                "stream_name", "b", "options_list", List.of(Map.of("option_name", "x"), Map.of("option_name", "x")));
        read(Map.of("report_options_list", List.of(one, twice)), streams);
        read(Map.of("report_options_list", List.of(one, one)), options);
        assertThatThrownBy(() -> read(Map.of("report_options_list", List.of(one, one)), streams))
                .hasMessageContaining("report_options_list");
        assertThatThrownBy(() -> read(Map.of("report_options_list", List.of(one, twice)), options))
                .hasMessageContaining("report_options_list");
    }

    /** One scroll has one token for all its pages, and ends with a page without records. One that broke begins anew. */
    @Test
    void aScrollIsReadToItsEndAndAnewWhereItBroke() {
        SERVICE.answer(request -> {
            int count = SERVICE.asked().size();
            if (count == 2) {
                return Reply.status(500, Map.of());
            }
            boolean first = !request.query().containsKey("scroll_param");
            String data = first ? "[{\"id\": 1}]" : count < 6 ? "[{\"id\": " + count + "}]" : "[]";
            return Reply.json("{\"data\": " + data + ", \"scroll_param\": \"s\"}");
        });
        String retriever = "type: CustomRetriever\n"
                + "      class_name: source_intercom.components.IntercomScrollRetriever\n"
                + "      requester: {type: HttpRequester, url_base: \"{{ config['url'] }}\", path: scroll,"
                + " error_handler: {type: CustomErrorHandler, class_name:"
                + " source_intercom.components.IntercomErrorHandler}}\n"
                + "      paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into:"
                + " request_parameter, field_name: scroll_param}, pagination_strategy: {type:"
                + " CustomPaginationStrategy, class_name: source_intercom.components.IntercomScrollPagination,"
                + " cursor_value: \"{{ response.get('scroll_param') }}\"}}";
        try (Source source = open("", retriever, Map.of())) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("1", "1", "4", "5");
        }
        assertThat(SERVICE.asked()).hasSize(6);
    }
}
