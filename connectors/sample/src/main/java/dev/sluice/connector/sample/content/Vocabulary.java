package dev.sluice.connector.sample.content;

/** The words that names, addresses and products are made of. */
final class Vocabulary {
    static final WordList FIRST_NAMES = WordList.of(
            "Ada", "Agnieszka", "Ahmed", "Aiko", "Alejandro", "Amélie", "Anna", "Ariel", "Bence", "Björn", "Camila",
            "Carlos", "Chiara", "Chloé", "Daniel", "Dmitri", "Elif", "Emma", "Fatima", "Felix", "Gabriel", "Giulia",
            "Grace", "Hannah", "Hiroshi", "Ines", "Isabella", "Jakub", "James", "João", "José", "Jürgen", "Karin",
            "Kofi", "Laila", "Leo", "Lucía", "Magnus", "María", "Mateo", "Mia", "Mikołaj", "Mohamed", "Ngozi", "Nikos",
            "Noah", "Olivia", "Oscar", "Paula", "Priya", "Rafael", "Rosa", "Samuel", "Siobhán", "Sofía", "Søren",
            "Tariq", "Thandiwe", "Tomáš", "Uma", "Victor", "Wei", "Yara", "Zoë");
    static final WordList LAST_NAMES = WordList.of(
            "Adeyemi", "Andersson", "Bauer", "Becker", "Brown", "Castillo", "Chen", "Costa", "Das", "Diallo", "Dubois",
            "Eriksen", "Fernández", "Fischer", "García", "Gonçalves", "Gruß", "Gupta", "Haddad", "Hansen", "Horváth",
            "Ito", "Ivanov", "Jensen", "Johnson", "Jones", "Kaya", "Kim", "Kowalski", "Lefèvre", "Li", "López",
            "Martin", "Mensah", "Müller", "Nguyen", "Novák", "O'Brien", "Okafor", "Øster", "Papadopoulos", "Patel",
            "Pérez", "Popescu", "Rossi", "Saito", "Santos", "Schäfer", "Schmidt", "Silva", "Singh", "Smith", "Suzuki",
            "Tanaka", "Taylor", "Ueda", "van den Berg", "Virtanen", "Wagner", "Wang", "Weber", "Williams", "Yilmaz",
            "Zhang");
    static final WordList TITLES = WordList.of("Mr", "Ms", "Mx", "Dr.", "Prof.", "Prof. Dr.");
    static final WordList MAIL_DOMAINS =
            WordList.of("example.com", "example.org", "example.net", "mail.example.com", "post.example.org");
    static final WordList GENDERS = WordList.of("female", "male", "female", "male", "female", "male", "other");
    static final WordList LANGUAGES = WordList.of("en", "de", "fr", "es", "pt", "it", "pl", "tr", "ar", "hi", "ja", "zh");
    static final WordList BLOOD_TYPES = WordList.of("0+", "0+", "0+", "A+", "A+", "A+", "B+", "AB+", "0-", "A-", "B-", "AB-");
    static final WordList DEGREES = WordList.of("Bachelor", "Bachelor", "Master", "Master", "PhD", "Diploma");
    static final WordList NATIONALITIES = WordList.of(
            "American", "Brazilian", "British", "Canadian", "Chinese", "Czech", "French", "German", "Ghanaian", "Greek",
            "Indian", "Irish", "Italian", "Japanese", "Mexican", "Nigerian", "Polish", "Spanish", "Swedish", "Turkish");
    static final WordList OCCUPATIONS = WordList.of(
            "Accountant", "Architect", "Baker", "Bus Driver", "Carpenter", "Chemist", "Data Engineer", "Dentist",
            "Electrician", "Farmer", "Firefighter", "Gardener", "Interpreter", "Journalist", "Judge", "Librarian",
            "Musician", "Nurse", "Optician", "Plumber", "Roofer", "Shopkeeper", "Teacher", "Veterinary Surgeon");
    static final WordList INTERESTS = WordList.of(
            "astronomy", "baking", "chess", "cycling", "film", "gardening", "hiking", "jazz", "knitting", "languages",
            "painting", "poetry", "running", "sailing", "table tennis");
    static final WordList STREETS = WordList.of(
            "Baker Street", "Calle de Alcalá", "Avenida Paulista", "Rue de Rivoli", "Hauptstraße", "Gartenweg",
            "Via Roma", "High Street", "Main Street", "Oak Avenue", "Elm Drive", "Lindenallee", "Ulica Długa",
            "Drottninggatan", "Station Road", "Mill Lane", "Market Square", "Church Row", "Rua Augusta", "Cedar Court");
    static final WordList CITIES = WordList.of(
            "Accra", "Athens", "Austin", "Berlin", "Boston", "Brno", "Chicago", "Dublin", "Gdańsk", "Göteborg",
            "İzmir", "Köln", "Kyoto", "Lagos", "Lisboa", "London", "Lyon", "Madrid", "Málaga", "Milano", "Montréal",
            "Mumbai", "München", "Osaka", "Paris", "Porto", "São Paulo", "Seattle", "Toronto", "Zürich");
    static final WordList STATES = WordList.of(
            "Bavaria", "California", "Catalonia", "Hesse", "Kerala", "Lombardy", "Normandy", "Ontario", "Québec",
            "Skåne", "Texas", "Victoria", "Washington");
    static final WordList COUNTRIES =
            WordList.of("AU", "BR", "CA", "CH", "CZ", "DE", "ES", "FR", "GB", "GH", "IE", "IN", "IT", "JP", "PL", "SE", "US");
    static final WordList THEMES = WordList.of("light", "dark", "system");

    static final WordList MAKES = WordList.of(
            "Alder", "Birch & Sons", "Cobalt", "Dune", "Ember", "Fjord", "Granite", "Harbour", "Iris", "Juniper",
            "Kestrel", "Lumen", "Meridian", "Nimbus", "Orchard", "Pebble", "Quartz", "Rowan", "Solstice", "Tern");
    static final WordList MODELS = WordList.of(
            "Atlas", "Breeze", "Classic", "Compact", "Deluxe", "Explorer", "Family", "Glide", "Junior", "Lite", "Mini",
            "Nova", "Original", "Plus", "Pro", "Sport", "Studio", "Traveller", "Ultra", "X");
    static final WordList KINDS = WordList.of(
            "backpack", "bicycle", "camera", "coffee maker", "desk lamp", "headphones", "kettle", "keyboard", "racket",
            "raincoat", "rucksack", "speaker", "tent", "thermos flask", "travel guide", "watch");
    static final WordList ADJECTIVES = WordList.of(
            "light", "sturdy", "quiet", "simple", "waterproof", "foldable", "elegant", "repairable", "colourful",
            "everyday");
    static final WordList MATERIALS = WordList.of("aluminium", "bamboo", "cotton", "glass", "steel", "wool");
    static final WordList COLOURS = WordList.of("black", "blue", "green", "grey", "red", "white", "yellow");
    static final WordList CURRENCIES = WordList.of("EUR", "EUR", "USD", "USD", "GBP", "JPY", "PLN");
    static final WordList STATES_OF_PURCHASE =
            WordList.of("paid", "paid", "shipped", "shipped", "delivered", "delivered", "delivered", "cancelled");
    static final WordList NOTES = WordList.of(
            "please ring twice", "leave it with the neighbours", "a present, no invoice please", "after 6 pm only",
            "mind the dog", "third floor, no lift");

    private Vocabulary() {}
}
