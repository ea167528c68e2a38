package io.perpetua.bootstrap.configuration;

import io.perpetua.bootstrap.configuration.Kind.AtLeast;
import io.perpetua.bootstrap.configuration.Kind.Choice;
import io.perpetua.bootstrap.configuration.Kind.Flag;
import io.perpetua.bootstrap.configuration.Kind.Fraction;
import io.perpetua.bootstrap.configuration.Kind.Origins;
import io.perpetua.bootstrap.configuration.Kind.Ranges;
import io.perpetua.bootstrap.configuration.Kind.RedisUrls;
import io.perpetua.bootstrap.configuration.Kind.Rows;
import io.perpetua.bootstrap.configuration.Kind.Secret;
import io.perpetua.bootstrap.configuration.Kind.Secrets;
import io.perpetua.bootstrap.configuration.Kind.Text;
import io.perpetua.bootstrap.configuration.Kind.Texts;
import io.perpetua.bootstrap.configuration.Kind.Time;
import io.perpetua.bootstrap.configuration.Kind.Url;
import io.perpetua.bootstrap.configuration.Kind.Whole;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.routing.Intent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of every key. Checking, defaults and documentation go by it: what is not here is not read, and a key that is
 * set and not here is a mistake.
 */
public final class Keys {

    private static final int MOST = Integer.MAX_VALUE;
    private static final Kind<Duration> LONG = new Time(false);
    /** A week, the one before beside which it is shown, and another for a server to be there and add them up. */
    private static final Kind<Duration> WEEKS = new AtLeast(Duration.ofDays(22));

    private static final Kind<Duration> LONG_OR_NONE = new Time(true);
    private static final Kind<Double> SHARE = new Fraction(0, true, 1, true);
    private static final Kind<Double> SOME_SHARE = new Fraction(0, false, 1, true);
    private static final Kind<Double> SHARE_BELOW_ALL = new Fraction(0, true, 1, false);

    /** Filled by what follows. */
    private static final List<Key<?>> TABLE = new ArrayList<>();

    public static final Key<String> HOST =
            fixed("host", new Text("a name or an address of this machine", false), "127.0.0.1", "where to listen");
    public static final Key<Integer> PORT =
            fixed("port", new Whole("a port", -1, 65_535), "8081", "the port to listen at; `-1` for any that is free");
    public static final Key<String> DATA = fixed(
            "data", new Text("a folder", false), "${user.home}/.perpetua", "the data directory of the embedded stores");
    public static final Key<String> STORE =
            fixed("store", new Choice(List.of("sqlite", "redis")), "sqlite", "where conversations are kept");
    public static final Key<String> REDIS_URL = fixed(
            "redis.url",
            new RedisUrls(),
            "redis://localhost:6379",
            "where Redis is: one server, a Sentinel, or nodes of a cluster separated by commas");
    public static final Key<Duration> REDIS_TIMEOUT = fixed(
            "redis.timeout",
            LONG,
            "200ms",
            "how long an answer of Redis is waited for before everything goes on without it");
    public static final Key<Integer> SPOOL_MEGABYTES = fixed(
            "redis.spool_megabytes",
            count("megabytes", 1),
            "256",
            "how much of what is said may wait on the disk while Redis is away; more is refused");
    public static final Key<Integer> LOCAL_MEGABYTES = fixed(
            "redis.local_megabytes",
            count("megabytes", 1),
            "64",
            "how much of the heap is for conversations to go on with while Redis is away");
    public static final Key<String> INDEX =
            fixed("index", new Choice(List.of("lucene", "qdrant")), "lucene", "what recall searches");
    public static final Key<String> EMBEDDER = fixed(
            "embedder",
            new Text("the name of an embedding model, or none", false),
            "bge-small-en-v1.5",
            "what compares meanings; any other word for none: recall goes by words alone");
    public static final Key<Duration> STOP_NOTICE = fixed(
            "stop_notice",
            LONG_OR_NONE,
            "0s",
            "how long requests are still taken after the readiness has said that the end is near");
    public static final Key<Duration> RELOAD_EVERY = fixed(
            "reload.every",
            LONG_OR_NONE,
            "2s",
            "how often the files of the configuration are looked at; `0s` for never");
    public static final Key<Duration> KEEP_ALIVE_COMMENTS = fixed(
            "http.keep_alive_comments", LONG, "15s", "how long a stream may be silent before a comment keeps it open");

    public static final Key<String> LOG_FORMAT = fixed(
            "log.format",
            new Choice(List.of("text", "json")),
            "text",
            "how the log is written: for people, or one JSON object a line");
    public static final Key<String> TRACING_EXPORTER = fixed(
            "tracing.exporter",
            new Choice(List.of("otlp", "console", "none")),
            null,
            "where traces go: to a collector, into the log, or nowhere; to a collector where `OTEL_EXPORTER_OTLP_ENDPOINT` "
                    + "names one, else nowhere");
    public static final Key<Boolean> TRACING_CONTENT = fixed(
            "tracing.content", new Flag(), "false", "whether traces hold what is said to models and what they answer");

    public static final Key<Integer> CONNECTIONS =
            fixed("http.connections", count("connections", 1), "12000", "most connections at once");
    public static final Key<Duration> REQUEST_DEADLINE =
            fixed("http.request_deadline", LONG, "60s", "how long a request may take from its first byte to its last");
    public static final Key<Duration> IDLE_TIMEOUT = fixed(
            "http.idle_timeout",
            LONG,
            "5m",
            "how long a connection may be without a request, or its client take nothing of an answer; an answer that is "
                    + "awaited may take any time");
    public static final Key<Integer> BODY_MEGABYTES = fixed(
            "http.body_megabytes",
            new Whole("a whole number of megabytes", 33, MOST),
            null,
            "most megabytes of bodies held at once, from a request's head to the end of its answer; a sixteenth of the "
                    + "heap, and at least 33, where it is not set");
    public static final Key<List<String>> CORS_ORIGINS =
            fixed("http.cors_origins", new Origins(), null, "origins whose pages may call the server from a browser");

    public static final Key<Boolean> KEYS_REQUIRED = fixed(
            "access.keys_required",
            new Flag(),
            null,
            "whether an API key is needed on this machine, too; where others can call, one always is");
    public static final Key<List<String>> HOSTS = fixed(
            "access.hosts",
            new Texts("a list of host names"),
            null,
            "names by which the server may be called without a key, beside `localhost` and loopback addresses");
    public static final Key<List<String>> TRUSTED_PROXIES = fixed(
            "access.trusted_proxies",
            new Ranges(),
            null,
            "proxies whose `X-Forwarded-For` is believed, by their addresses or ranges of them");
    public static final Key<Boolean> USER_BY_ADDRESS = fixed(
            "access.user_by_address",
            new Flag(),
            "false",
            "whether a request that names no user is counted for the address that it comes from");

    public static final Key<Integer> AT_ONCE =
            fixed("admission.at_once", count("requests", 1), "50", "chat requests that are served at once");
    public static final Key<Integer> PER_USER =
            fixed("admission.per_user", count("requests", 1), "3", "of those, the ones of one user that requests name");
    public static final Key<Integer> WAITING = fixed(
            "admission.waiting", count("requests", 0), "1000", "chat requests that wait; more are refused at once");
    public static final Key<Integer> WAITING_PER_USER = fixed(
            "admission.waiting_per_user",
            count("requests", 0),
            "250",
            "of those that wait, the ones of one user or key");
    public static final Key<Double> TENANT_SHARE = fixed(
            "admission.tenant_share",
            SOME_SHARE,
            "0.8",
            "how much of both, of the places and of those that wait, one tenant may have where keys are used; also of `vision.queue`");
    public static final Key<Duration> PATIENCE = fixed(
            "admission.patience", LONG_OR_NONE, "30s", "how long a request waits for its turn before it is refused");
    public static final Key<Duration> AGEING = fixed(
            "admission.ageing",
            LONG,
            "5s",
            "how long a request waits until it counts as one of the next higher priority");
    public static final Key<Integer> MEMORY_AT_ONCE = fixed(
            "admission.memory_at_once",
            count("requests", 1),
            "8",
            "requests to the memory, previews and embeddings that are served at once, apart from chats");
    public static final Key<Integer> MEMORY_WAITING = fixed(
            "admission.memory_waiting",
            count("requests", 0),
            "200",
            "how many of those wait; more are refused at once");

    public static final Key<Integer> KEY_REQUESTS_A_MINUTE = limit(
            "limits.requests_per_minute", "requests", "most in a minute of each key that has no limit of its own");
    public static final Key<Integer> KEY_REQUESTS_A_DAY =
            limit("limits.requests_per_day", "requests", "most in a day of UTC of such a key");
    public static final Key<Integer> KEY_TOKENS_A_MINUTE =
            limit("limits.tokens_per_minute", "tokens", "most in a minute of such a key, prompts and answers together");
    public static final Key<Integer> KEY_TOKENS_A_DAY =
            limit("limits.tokens_per_day", "tokens", "most in a day of UTC of such a key");
    public static final Key<Integer> USER_REQUESTS_A_MINUTE = limit(
            "limits.user.requests_per_minute", "requests", "most in a minute of each end user that requests name");
    public static final Key<Integer> USER_REQUESTS_A_DAY =
            limit("limits.user.requests_per_day", "requests", "most in a day of UTC of such a user");
    public static final Key<Integer> USER_TOKENS_A_MINUTE = limit(
            "limits.user.tokens_per_minute", "tokens", "most in a minute of such a user, prompts and answers together");
    public static final Key<Integer> USER_TOKENS_A_DAY =
            limit("limits.user.tokens_per_day", "tokens", "most in a day of UTC of such a user");
    public static final Key<Integer> LONGEST_ANSWER = reloaded(
            "limits.longest_answer",
            tokens(1),
            "4096",
            "most tokens of an answer that a budget pays, where the request sets no bound");

    public static final Key<Integer> BUDGET_TOTAL = fixed(
            "token_budget.total",
            tokens(BudgetPolicy.SMALLEST),
            "8000",
            "tokens of one request, prompt and completion together; the parts, anchors apart, must not add up to more");
    public static final Key<Integer> BUDGET_COMPLETION =
            fixed("token_budget.completion", tokens(1), "1000", "what of it is reserved for the answer");
    public static final Key<Integer> BUDGET_SYSTEM =
            fixed("token_budget.system", tokens(0), "700", "what the client's instructions are expected to cost");
    public static final Key<Double> BUDGET_ANCHORS_SHARE =
            fixed("token_budget.anchors_share", SHARE, "0.2", "most of the total that anchors take");
    public static final Key<Integer> BUDGET_BRIEF =
            fixed("token_budget.brief", tokens(0), "1200", "most that the brief takes");
    public static final Key<Integer> BUDGET_RECENT =
            fixed("token_budget.recent", tokens(0), "450", "what recent turns get before brief and recalled turns");
    public static final Key<Integer> BUDGET_RECALLED =
            fixed("token_budget.recalled", tokens(0), "3750", "what recalled turns get before anything flows on");

    public static final Key<Integer> BALANCED_FROM =
            fixed("mode.balanced_from", tokens(1), "5000", "tokens from which a conversation is not sent whole");
    public static final Key<Integer> SAFE_FROM =
            fixed("mode.safe_from", tokens(2), "20000", "tokens from which recall goes before recency");
    public static final Key<Double> HYSTERESIS = fixed(
            "mode.hysteresis", SHARE_BELOW_ALL, "0.1", "how far below a threshold a freer mode returns, as a share");
    public static final Key<Integer> BALANCED_RECENT_TURNS =
            fixed("mode.balanced_recent_turns", count("turns", 0), "30", "most recent turns that `balanced` sends");
    public static final Key<Integer> BALANCED_TOP_K =
            fixed("mode.balanced_top_k", count("matches", 0), "5", "most recalled matches that `balanced` sends");
    public static final Key<Integer> SAFE_RECENT_TURNS =
            fixed("mode.safe_recent_turns", count("turns", 0), "40", "most recent turns that `safe` sends");
    public static final Key<Integer> SAFE_TOP_K =
            fixed("mode.safe_top_k", count("matches", 0), "7", "most recalled matches that `safe` sends");

    public static final Key<Integer> RECENT_TOKENS =
            fixed("memory.recent_tokens", tokens(1), "2400", "most tokens of recent turns before they are compacted");
    public static final Key<Duration> FORGET_AFTER = fixed(
            "memory.forget_after",
            LONG_OR_NONE,
            "0s",
            "after how long a conversation that nobody has added to is erased with all that is kept of it, such as `90d`; `0s` for "
                    + "never");
    public static final Key<Duration> JOURNAL_KEEP =
            fixed("journal.keep", WEEKS, "90d", "how long the rows of the journal are kept, one for every turn");
    public static final Key<Integer> JOURNAL_WAITING = fixed(
            "journal.waiting",
            count("rows", 1),
            "10000",
            "most rows of the journal that wait to be written; where more come, the oldest are lost, and counted");
    public static final Key<Integer> INDEX_MEGABYTES = fixed(
            "memory.index_megabytes",
            count("megabytes", 1),
            null,
            "how much of the index is kept on the heap; a quarter of the heap, and at most 256, where it is not set");
    public static final Key<Double> CACHED_SHARE = fixed(
            "memory.cached_share",
            SOME_SHARE,
            null,
            "what a cached prompt token costs, as a share of a fresh one; else from the model's price, or `0.5`");
    public static final Key<Duration> SEMANTIC_DEADLINE = fixed(
            "memory.semantic_deadline",
            LONG_OR_NONE,
            "250ms",
            "how long a question's embedding is waited for before recall goes by words; `0s` for as long as it takes");

    public static final Key<URI> QDRANT_URL = fixed(
            "qdrant.url", new Url(), null, "where Qdrant is, with its port for gRPC, such as `http://qdrant:6334`");
    public static final Key<String> QDRANT_KEY =
            fixed("qdrant.api_key", new Secret(), null, "the key that Qdrant asks for");
    public static final Key<String> QDRANT_COLLECTION = fixed(
            "qdrant.collection",
            new Text("the name of a collection", false),
            "perpetua",
            "the collection that all instances share; made and filled where it is not there");
    public static final Key<Duration> QDRANT_TIMEOUT =
            fixed("qdrant.timeout", LONG, "200ms", "how long a search may take before the record is searched instead");
    public static final Key<Duration> QDRANT_WRITE_TIMEOUT =
            fixed("qdrant.write_timeout", LONG, "5s", "how long a write may take, which no answer waits for");
    public static final Key<Boolean> QDRANT_QUANTIZED = fixed(
            "qdrant.quantized",
            new Flag(),
            "false",
            "whether a new collection compares vectors by eight bits a component");
    public static final Key<Boolean> QDRANT_ON_DISK =
            fixed("qdrant.on_disk", new Flag(), "false", "whether a new collection keeps vectors and payload on disk");

    public static final Key<Boolean> VISION_ENABLED =
            fixed("vision.enabled", new Flag(), "true", "whether documents are indexed, searched and read");
    public static final Key<Integer> VISION_DOCUMENT_MEGABYTES = fixed(
            "vision.document_megabytes",
            count("megabytes", 1),
            "24",
            "most megabytes of one document; one that is sent in a body has to fit its limit of 32 MB in base64, too");
    public static final Key<Integer> VISION_PAGES =
            fixed("vision.pages", count("pages", 1), "5000", "most pages of one document");
    public static final Key<Integer> VISION_MEGAPIXELS = fixed(
            "vision.megapixels",
            new Whole("a whole number of megapixels", 1, 1_000),
            "40",
            "how large a picture may be, or a page that is made one");
    public static final Key<Integer> VISION_UNPACKED_MEGABYTES = fixed(
            "vision.unpacked_megabytes",
            count("megabytes", 1),
            "128",
            "what may come of one page's contents when they are unpacked");
    public static final Key<Duration> VISION_PAGE_TIME =
            fixed("vision.page_time", LONG, "20s", "how long one page may take to be read");
    public static final Key<String> VISION_OCR = fixed(
            "vision.ocr",
            new Choice(List.of("auto", "off", "tesseract", "service")),
            "auto",
            "who recognises text where there are only pixels: Tesseract if it is installed when the server starts (`auto`), nobody "
                    + "(`off`), Tesseract, or a service");
    public static final Key<String> TESSERACT_COMMAND = fixed(
            "vision.tesseract.command",
            new Text("a program", false),
            "tesseract",
            "Tesseract's program, or the path to it");
    public static final Key<String> TESSERACT_LANGUAGES = fixed(
            "vision.tesseract.languages",
            new Text("languages as Tesseract names them, such as eng+deu", false),
            "eng",
            "what Tesseract reads, such as `eng+deu`");
    public static final Key<Duration> TESSERACT_TIME =
            fixed("vision.tesseract.time", LONG, "60s", "how long Tesseract may take for one page or region");
    public static final Key<Integer> TESSERACT_PROCESSES =
            fixed("vision.tesseract.processes", count("processes", 1), "2", "how often Tesseract runs at once");
    public static final Key<URI> OCR_URL = fixed(
            "vision.service.url",
            new Url(),
            null,
            "where a service like DeepSeek-OCR is, without `/v1/ocr`; needed for `vision.ocr: service`");
    public static final Key<Duration> OCR_TIMEOUT =
            fixed("vision.service.timeout", LONG, "5s", "how long one call of the service may take");
    public static final Key<Integer> OCR_RETRIES = fixed(
            "vision.service.retries",
            count("retries", 0),
            "2",
            "how often a call of the service is repeated that may pass the next time");
    public static final Key<Duration> OCR_DELAY = fixed(
            "vision.service.delay",
            LONG,
            "200ms",
            "the pause before the first repetition; each next one is twice as long");
    public static final Key<Duration> OCR_JOB_TIME =
            fixed("vision.service.job_time", LONG, "2m", "how long the service may take for one page");
    public static final Key<Duration> FETCH_CONNECT =
            fixed("vision.fetch.connect", LONG, "5s", "how long finding and reaching a document's server may take");
    public static final Key<Duration> FETCH_TOTAL =
            fixed("vision.fetch.total", LONG, "60s", "how long fetching a document may take in all");
    public static final Key<Boolean> FETCH_ALLOW_PRIVATE = fixed(
            "vision.fetch.allow_private",
            new Flag(),
            "false",
            "whether documents are also fetched from addresses that are not of the public Internet");
    public static final Key<Integer> VISION_QUEUE = fixed(
            "vision.queue",
            count("documents", 1),
            "100",
            "documents that wait to be indexed; more are refused, as of one tenant those beyond `admission.tenant_share`");
    public static final Key<Integer> VISION_INDEX_AT_ONCE =
            fixed("vision.index_at_once", count("documents", 1), "1", "documents that one server indexes at once");
    public static final Key<Integer> VISION_ATTEMPTS = fixed(
            "vision.attempts",
            count("attempts", 1),
            "8",
            "how often the indexing of a document is begun without getting on before it fails");
    public static final Key<Duration> VISION_RETRY_DELAY = fixed(
            "vision.retry_delay",
            LONG,
            "5s",
            "the pause before the second attempt; each next one is twice as long, up to five minutes");
    public static final Key<Integer> VISION_DECODE_AT_ONCE = fixed(
            "vision.decode_at_once",
            count("regions", 1),
            "16",
            "regions that are read at once, for all requests together");
    public static final Key<Duration> VISION_DECODE_PATIENCE =
            fixed("vision.decode_patience", LONG, "30s", "how long a region waits for its turn");
    public static final Key<Integer> VISION_CACHE_ENTRIES = fixed(
            "vision.cache.entries", count("regions", 0), "1000", "regions whose texts are kept to be given again");
    public static final Key<Duration> VISION_CACHE_TTL =
            fixed("vision.cache.ttl", LONG, "600s", "how long they are kept");

    public static final Key<String> SUMMARIZER_MODEL = reloaded(
            "summarizer.model",
            new Text("a model, such as openai/gpt-4o-mini", true),
            "the model that writes briefs; without one they are extracted");

    public static final Key<Double> EXPLORATION = fixed(
            "routing.exploration",
            SHARE_BELOW_ALL,
            "0.01",
            "share of the turns that try another rung than the best first");
    public static final Key<Boolean> PINNED_FALLBACK = fixed(
            "routing.pinned_fallback",
            new Flag(),
            "false",
            "whether a model that a request names is followed by the ladder");

    public static final Key<Duration> CONNECT =
            fixed("timeouts.connect", LONG, "10s", "how long a connection to a provider may take");
    public static final Key<Duration> FIRST_TOKEN =
            fixed("timeouts.first_token", LONG, "60s", "how long a stream's first content may take");
    public static final Key<Duration> BETWEEN_TOKENS =
            fixed("timeouts.between_tokens", LONG, "30s", "how long each further piece of a stream may take");
    public static final Key<Duration> TOTAL =
            fixed("timeouts.total", LONG, "600s", "how long an answer may take in all");
    public static final Key<Duration> RUNG = fixed(
            "timeouts.rung",
            LONG,
            "12s",
            "how long a rung is waited for while there is another below it: to an answer, or to a stream's first content");

    public static final Key<Integer> RETRIES =
            fixed("retries.attempts", count("attempts", 0), "3", "how often what may pass is tried again");
    public static final Key<Duration> RETRY_DELAY =
            fixed("retries.delay", LONG, "1s", "the first pause; each next one is twice as long, give or take half");
    public static final Key<Duration> RETRIES_WITHIN =
            fixed("retries.within", LONG_OR_NONE, "30s", "how long after the first attempt none begins any more");

    public static final Key<Integer> CIRCUIT_WINDOW = fixed(
            "circuits.window",
            new Whole("a whole number of calls", 1, 1_000),
            "20",
            "how many of a model's latest calls are looked at");
    public static final Key<Integer> CIRCUIT_MINIMUM =
            fixed("circuits.minimum_calls", count("calls", 1), "10", "how many of them are needed to judge by");
    public static final Key<Double> CIRCUIT_RATE =
            fixed("circuits.failure_rate", SOME_SHARE, "0.5", "which share of failures takes a model out");
    public static final Key<Duration> CIRCUIT_OPEN =
            fixed("circuits.open", LONG, "30s", "how long it is not asked then, before one call tries it");
    public static final Key<Duration> COOL_DOWN =
            fixed("circuits.cool_down", LONG, "10s", "how long a rate limit lasts when the provider does not say");
    public static final Key<Duration> KEY_REFUSED =
            fixed("circuits.key_refused", LONG, "30m", "how long a provider rests that refuses its key");

    public static final Key<Boolean> CACHE_ENABLED =
            fixed("cache.enabled", new Flag(), "true", "whether answers are kept to be given again");
    public static final Key<Duration> CACHE_TTL = fixed("cache.ttl", LONG, "1h", "how long an answer is kept");
    public static final Key<Integer> CACHE_ENTRIES =
            fixed("cache.entries", count("answers", 1), "10000", "how many answers are kept at most");
    public static final Key<Integer> CACHE_MEGABYTES =
            fixed("cache.megabytes", count("megabytes", 1), "64", "how much room they take at most");

    public static final Key<String> WORKSPACE = fixed(
            "commands.workspace",
            new Text("a folder", true),
            null,
            "the folder that commands are confined to; without one there are none");
    public static final Key<String> COMMANDS_PROFILE = fixed(
            "commands.profile",
            new Choice(List.of("read-only", "workspace-write", "custom")),
            "read-only",
            "what may be run: what only reads, also what changes the workspace, or what `commands.custom` says");
    public static final Key<String> COMMANDS_RULES = fixed(
            "commands.custom.rules",
            new Text("a file", true),
            null,
            "rules of `custom`, which stand beside the built-in ones and replace those of the same programs");
    public static final Key<Boolean> COMMANDS_WRITES =
            fixed("commands.custom.writes", new Flag(), "false", "whether `custom` may change the workspace");
    public static final Key<String> COMMANDS_SANDBOX = fixed(
            "commands.sandbox",
            new Choice(List.of("auto", "none")),
            "auto",
            "`auto` for bubblewrap where it is there; `none` for what is built in alone");
    public static final Key<Duration> COMMANDS_TIME = fixed("commands.time", LONG, "10s", "how long a run may take");
    public static final Key<Integer> COMMANDS_OUTPUT = fixed(
            "commands.output_kilobytes",
            new Whole("a whole number of kilobytes", 1, 65_536),
            "256",
            "how much of what is printed is kept, and as much again of errors");
    public static final Key<Integer> COMMANDS_MEMORY =
            fixed("commands.memory_megabytes", count("megabytes", 16), "1024", "how much memory a run may use");
    public static final Key<Integer> COMMANDS_PROCESSES =
            fixed("commands.processes", count("processes", 4), "64", "how many processes a run may have");
    public static final Key<Integer> COMMANDS_AT_ONCE = fixed(
            "commands.at_once", count("commands", 1), "4", "how many commands are run at the same time; others wait");
    public static final Key<Integer> COMMANDS_AUDIT_FILE = fixed(
            "commands.audit_megabytes",
            new Whole("a whole number of megabytes", 1, 1_024),
            "16",
            "how large a file of the account grows before the chain goes on in another");
    public static final Key<String> COMMANDS_TOOL = fixed(
            "commands.tool",
            new Text("a name of up to 64 letters, digits, `_` and `-`", true),
            null,
            "the tool by which a model may have commands run; without a name there is none");
    public static final Key<Integer> COMMANDS_TOOL_ROUNDS = fixed(
            "commands.tool_rounds",
            new Whole("a whole number of rounds", 1, 32),
            "4",
            "how often a model may call it for one answer");

    public static final Key<String> PROVIDER_KEY =
            reloaded("providers.*.api_key", new Secret(), "a provider's key; not told to anybody else");
    public static final Key<List<String>> PROVIDER_KEYS = reloaded(
            "providers.*.api_keys",
            new Secrets(),
            "several of a provider's keys, used in turn; one that is refused or limited rests");
    public static final Key<URI> PROVIDER_URL = reloaded(
            "providers.*.base_url",
            new Url(),
            "its address, up to `/v1`; for the dialects `anthropic` and `gemini` without the version; its own where it is not set");
    public static final Key<String> PROVIDER_DIALECT = reloaded(
            "providers.*.dialect",
            new Choice(List.of("openai", "anthropic", "gemini")),
            "what the provider speaks; where it is not set its own, else `openai`");
    public static final Key<List<Object>> PROVIDER_MODELS = reloaded(
            "providers.*.models",
            new Rows("a list of names, or of rows such as {name: m, window: 8192, input: 0.1, output: 0.2}"),
            "the provider's models, by name or as rows, the preferred one first; those that are known where it is not set");
    public static final Key<List<String>> PRICE_FILES = reloaded(
            "prices.files", new Texts("a list of files"), "price lists, LiteLLM's or genai-prices'; a later one wins");

    public static final Key<Double> FACTS_THRESHOLD =
            fixed("facts.threshold", SHARE, "0.8", "how sure a source must be of a fact for it to be kept");
    public static final Key<List<String>> FACTS_MULTI_VALUED = fixed(
            "facts.multi_valued",
            new Texts("a list of predicates"),
            null,
            "predicates that have several objects at a time, such as `likes`; where it is not set, those that rules find "
                    + "several of");
    public static final Key<Integer> FACTS_MOST =
            fixed("facts.most", count("facts", 1), "100000", "most facts of a namespace");
    public static final Key<String> FACTS_EXTRACTOR_MODEL = reloaded(
            "facts.extractor_model",
            new Text("a model, such as openai/gpt-4o-mini", true),
            "the model that finds facts in what users say; without one rules alone do");

    private static final Kind<List<String>> LADDER = new Texts("a list of provider/model");
    public static final Key<List<String>> LADDER_DEFAULT =
            reloaded("ladders.default", LADDER, "whom the intents ask that have no ladder of their own");

    /** The keys of each intent's ladder, what a variable can spell before what it cannot, for the environment wins. */
    private static final Map<Intent, List<Key<List<String>>>> LADDERS = ladders();

    /** Keys that are set by variables of their own as well, which are usual names for what they mean. */
    private static final Map<Key<?>, String> VARIABLES = Map.of(
            REDIS_URL, "REDIS_URL",
            QDRANT_URL, "QDRANT_URL",
            QDRANT_KEY, "QDRANT_API_KEY",
            WORKSPACE, "PERPETUA_WORKSPACE");

    private Keys() {}

    /** Every key, related ones together. */
    public static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }

    /** The keys under which the ladder of {@code intent} may stand, the first one wins. */
    public static List<Key<List<String>>> ladders(Intent intent) {
        return LADDERS.getOrDefault(intent, List.of());
    }

    /** The variable of its own by which {@code key} is set as well; null where there is none. */
    static @Nullable String variable(Key<?> key) {
        return VARIABLES.get(key);
    }

    /** Whether a key is set by the variable {@code name}, which is not spelt as the key is. */
    static boolean isVariable(String name) {
        return VARIABLES.containsValue(name);
    }

    /** The defaults, as the framework spells keys. */
    public static Map<String, Object> defaults() {
        var defaults = new HashMap<String, Object>();
        for (Key<?> key : TABLE) {
            if (key.standard() != null) {
                defaults.put(key.property(""), key.standard());
            }
        }
        VARIABLES.forEach((key, variable) -> defaults.put(
                key.property(""),
                "${" + variable + ":" + (key.standard() == null ? "" : "`" + key.standard() + "`") + "}"));
        return defaults;
    }

    private static Map<Intent, List<Key<List<String>>>> ladders() {
        var ladders = new HashMap<Intent, List<Key<List<String>>>>();
        for (Intent intent : Intent.values()) {
            ladders.put(
                    intent,
                    Stream.of(intent.wire().replace('/', '_'), intent.wire())
                            .distinct()
                            .map(name -> reloaded("ladders." + name, LADDER, "whom `" + intent.wire() + "` asks"))
                            .toList());
        }
        return ladders;
    }

    private static Kind<Integer> tokens(int least) {
        return count("tokens", least);
    }

    private static Kind<Integer> count(String what, int least) {
        return new Whole("a whole number of " + what, least, MOST);
    }

    /** A key whose change takes effect at the next start. */
    private static <T> Key<T> fixed(String name, Kind<T> kind, @Nullable String standard, String meaning) {
        return add(new Key<>(name, kind, standard, false, meaning));
    }

    /** A key whose change takes effect while the server runs; it has no default. */
    private static <T> Key<T> reloaded(String name, Kind<T> kind, String meaning) {
        return add(new Key<>(name, kind, null, true, meaning));
    }

    /** A key whose change takes effect while the server runs. */
    private static <T> Key<T> reloaded(String name, Kind<T> kind, String standard, String meaning) {
        return add(new Key<>(name, kind, standard, true, meaning));
    }

    /** What may be used in a while; no limit where it is not set. */
    private static Key<Integer> limit(String name, String what, String meaning) {
        return reloaded(name, count(what, 1), meaning);
    }

    private static <T> Key<T> add(Key<T> key) {
        TABLE.add(key);
        return key;
    }
}
