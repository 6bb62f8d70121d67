"""Function words: the short words of a language that every text is full of, whatever it is about.

Articles, pronouns, prepositions, conjunctions, auxiliary verbs, and what newsrooms use as often as those (`said`,
`sagte`). Written by hand, lower case, as they stand between two spaces: no punctuation, no elided forms. A word may
belong to several languages; it then tells less (see `language.py`). Croatian and Serbian in Latin letters stand for
Bosnian too, `no` for both ways of writing Norwegian.
"""

from __future__ import annotations

LATIN = {
    "af": """die het en van in nie is sê wat om te vir met op hy sy dat aan hulle 'n was ook as kan deur ons ek nog sal
        moet maar uit daar word hierdie oor by gesê haar hom ná na jaar meer nou toe een baie""",
    "az": """və bu bir ilə üçün də da ki olan olub edib kimi daha sonra çox onun isə ən var yox hər o biz mən siz onlar
        görə qədər deyib etmək edən olaraq tərəfindən haqqında bildirib idi deyil""",
    "ca": """de la el i a que en els les un una per amb del és no al es ha va dels ser més com són també pel seva aquest
        aquesta ho hi han però ens seu quan tot sobre fins on dos entre pels perquè molt ja si ara sense després
        aquests havia segons cal estat any anys ni res qui""",
    "cs": """a v na se je že s z do o i to za k po pro jako ale by si ve od jsou která který které až jeho už také bude
        podle byl byla bylo při nebo však ze jen co tak než když mezi před pak má být ještě pouze kteří své není proti
        roku let který jsem jeho jejich tím této tento případě uvedl řekl korun aby nejen či""",
    "cy": """y yr a i o yn ar ei mae am eu gan oedd wedi bod fod bydd nid ac hefyd hyn ond roedd gyda cael dros sydd er
        pan neu fel iawn hwn dweud dywedodd rhai sy ddim eich ein mewn at wrth ni nhw""",
    "da": """og i at er en til af på det for der de med den har ikke som et var han fra men også om kan sig vil så ved
        blev eller efter ud skal være over siger have havde hun nu når været jeg op mod bliver mere end år meget hvor
        deres hans her flere vi man mellem hvis hvad da uden nogle noget nogen ifølge sagde mens under andre igen kun
        få gør går siden allerede hvordan begge endnu blandt sin sine dette disse denne""",
    "de": """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er
        hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur
        bis mehr durch man sein wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll
        ich eines jahr zwei jahren diese dieser wieder keine uhr seiner worden will zwischen immer sagte was seit müssen
        gibt alle beim waren hier doch jetzt damit ohne ihr da ihren wurden ins sollen sagt""",
    "en": """the of and to in a is that for it was on are as with be at by this have from or an but not they he his
        which you we had has were their said will one would about more been who also can if its out up after there when
        all she her into than over what so him other some could them no only new people our two first most just now like
        i your how says time years where many while these do because before should us may my me did between during
        against such through being under very those any""",
    "es": """de la que el en y a los del se las por un con no una su para es al lo como más o pero sus le ha este sí
        porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les
        ni contra otros ese eso ante ellos esto antes algunos unos otro otras otra tanto esa estos mucho nada muchos
        fue son ser está han había era eran sido según años año tras dos tiene puede dijo cada gobierno además aunque
        así ya estaba""",
    "et": """ja on ei et ka oli see kui mis oma ning ta kes aga või selle nii siis veel kas ma olid tema pole seda välja
        üle juba nagu mida olla peale ära saab ütles aasta eesti pärast kuid need sest meie mitte ole mul on vaid tuleb
        kus kõik enam võib palju pidi poolt üks kaks kohta ainult praegu eest nad""",
    "eu": """eta da ez du dira bat izan zen dute hau ere baina egin den dituzte duen zuen bere beste edo oso dela izango
        ziren diren hori gabe baino arte behar baita urte batean egiten dago esan ditu hori zuten baten bezala""",
    "fi": """ja on ei että se oli hän mutta kun myös mukaan ovat joka ole sen ne tai jos niin kuin vuoden olisi mitä
        jotka nyt vuonna olla kanssa ollut jo vain vielä voi sitä hänen siitä tämä sanoo kertoo koska joten ennen
        jälkeen sekä pitää tämän heidän ettei olivat minä me he kuitenkin noin siinä sanoi yli paljon miten aikana kaksi
        eli eivät enää tulee itse asti tässä nämä vaan osa lisäksi""",
    "fr": """de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux
        ses ou mais elle comme cette été ont nous on leur être ces fait aussi après entre sa vous ans dont même tout deux
        bien où sans encore peut ils avait tous contre depuis lors sous très selon était avoir si alors dit faire cet
        ainsi moins je chez mon notre leurs y jusqu'à lui avant pendant toujours notamment c'est n'est d'un d'une
        qu'il""",
    "ga": """an na ar agus a i le go is ag do de bhí tá sé sí é ní nach don chun leis mar seo sin ach faoi bhfuil bheith
        ó iad atá raibh gur thar idir nó dúirt aon leo ón san""",
    "gl": """de a o que e do da en os as un unha para por con non se no na dos das ao polo máis pola como foi é ou seu
        súa ten este esta pero tamén cando entre sobre desde moi ata despois hai ser todo xa onde anos sen só dous
        segundo foron están""",
    "hr": """i je u na se da za su od s a o koji ne će koja kao što iz to bi koje te ali sve do ili nije po tako već bio
        kako još može nakon jer bila ako sam smo prema samo godine oko rekao prije kad biti zbog također njegov svoje
        bilo sada više tijekom gdje ima protiv između ovo kojih ovaj dana kaže u ove toga kada bez mora nego uz vrlo
        netko tko uvijek vrijeme ipak nisu dok
        svatko nitko ovdje dvije cijeli dio riječ mjesto vijeće tisuća tjedan svijetu posljednji prije predsjednik""",
    "hu": """a az és hogy nem is egy ez meg csak volt de már mint ha el azt még kell lesz van fel ki be után vagy akkor
        szerint amely aki mert pedig így úgy ezt minden lehet ami nagyon több majd mellett között utolsó alatt ezek
        ezért sem arra annak nincs voltak azonban ahol illetve amikor olyan itt ott most mondta közölte lett valamint
        ennek akik első két magyar ne saját""",
    "id": """yang di dan itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka
        lebih kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti sebagai bahwa dapat para harus namun
        kita dua satu masih hari hanya mengatakan kepada kami setelah melakukan lalu belum sementara secara hingga
        sehingga antara ujar agar pun tak bagi serta anda kalau sangat begitu jadi sejak warga""",
    "is": """og í á að er sem um til við ekki það var með en fyrir því af eru hann hún þetta hefur þá segir verið frá
        þeir hafa eftir vera verður ég eða upp þegar þess hafi væri kom voru sér svo sé hér þar þeim nú út ef yfir vegna
        undir þessu ár mjög sagði hans hennar einnig fram ný þó bara má""",
    "it": """di e il la che in un per è del non una si da le con i dei della sono al nel alla come a più anche lo ha ma
        delle gli su dal questo o se suo sua ha stato ci dalla tra nella quando all essere fra loro dopo anni poi due
        prima solo stata sul questa hanno cosa così fatto perché contro mi era dove io suoi chi già ancora ogni può
        sulla molto tutti sia mentre quella quello senza degli ai agli dai oggi secondo però tutto ne alle nei cui
        aveva""",
    "lt": """ir kad yra su į iš tai ne bei o jis apie bet už buvo kaip nuo jo jau kurie dėl tik dar metų gali ar po
        taip jų per iki prie savo tačiau tarp kuris kai labai nėra būti ji buvo mes jei jie šiuo kur tuo taip pat kurių
        sako teigė daug buvo visi metu vis prieš šis todėl bus kuri pagal""",
    "lv": """un ir ka no ar par uz gada tas lai arī bet kā tika to kas pēc ne vai pie gan jau bija var tikai viņš līdz
        gadu ja šo vēl savu kad tiek nav latvijas vairāk kuri viņa pret nekā kurš šī ļoti es tā mēs būs bez to pirms
        kuru viņi starp tomēr ko kur gadā esot kopā sacīja citu būt""",
    "ms": """yang di dan itu dengan untuk tidak ini dari dalam akan pada juga saya ke kerana tersebut boleh ada mereka
        lebih kata tahun sudah atau oleh menjadi orang telah adalah seperti sebagai bahawa dapat para perlu namun kita
        dua satu masih hari hanya berkata kepada kami selepas melakukan beliau ialah daripada turut manakala iaitu agar
        bagi serta jika amat ketika sahaja negara katanya termasuk antara semua pihak supaya hendaklah sejak""",
    "mt": """li ta il u fuq f'dan għal minn kien dan jew għandu kif mhux biex wara hemm din qed huwa hija kienet aktar
        tal tat lill dwar wieħed bejn għandha ma' qal x'inhu fejn ukoll meta dawn kull jista' kienu""",
    "nl": """de van het een en in is dat op te zijn met voor niet die aan er om ook als bij naar door maar over wordt
        uit hij worden nog dan heeft werd meer was hebben tot je kan of zich deze geen al we ze zo haar dit wel onder
        tegen na wat ons hun jaar veel moet zegt twee hem mensen tussen volgens kunnen waren nu ik moeten daar alleen
        had omdat heel gaat zal sinds hier want zonder alle mijn zou toch iets andere waar werden vooral""",
    "no": """og i er det på som en for med til av at har ikke den de et var om han fra men så kan seg vil ble også ved
        etter skal vi sier eller opp være ut hadde hun jeg over nå når mot blir mer enn år mye hvor deres hans her flere
        man mellom hvis hva da uten noen noe ifølge sa mens under andre bare få gjør går siden allerede hvordan begge
        blant sin sine dette disse denne vært hvem må selv ha slik ikkje eg ein eit frå vart nokon meir kva korleis
        sjølv medan berre dei dette vere òg""",
    "pl": """w i na z się do nie to że jest o od za jak a po co ale dla przez tym są przy oraz który jego tak które ma
        też być przed tylko jej było już może który czy roku będzie tego która lub ich był jako także był między jednak
        pod ze jeszcze bardzo gdy więc lat we nad ten bez tej została został były nich bo kiedy jeśli podczas niż u
        powiedział mnie mamy oni gdzie można zostały którzy wszystko żeby aby""",
    "pt": """de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou
        quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles
        você essa num nem suas meu às minha numa pelos elas qual lhe este dele foi são ser está tem há foram disse anos
        ano sobre segundo ainda pode dois após desde contra além onde apenas estão era fazer pelas""",
    "ro": """de și în a la care cu o din nu pe că un să pentru mai este au sunt fi cel ce sau ca după s-a fost am prin
        acest lui dar cum foarte a doar această ei lor ale când între era va spus despre până fără toate sa iar aceste
        însă unde avea anul ani trebuie asupra dintre decât ar al unei unui cei cele sale poate ne mult două astfel
        și-a către i-a chiar dacă""",
    "sk": """a v na sa je že s z do o aj to za k po pre ako ale by si vo od sú ktorá ktorý ktoré až jeho už tiež bude
        podľa bol bola bolo pri alebo však zo len čo tak než keď medzi pred má byť ešte ktorí svoje nie proti roku rokov
        som ich tým tejto tento prípade uviedol povedal eur aby či môže iba kde boli sme ani cez treba""",
    "sl": """in je v na da se so za ki pa s z ne tudi kot bi po o do pri še od ali le ter bo kar že ni ko so iz ker
        lahko med tako ob pred sem smo več samo zaradi bil bila bilo leta kako to sta vse če letih nato ga bodo naj jih
        svoje zato pod njegov oziroma dejal imajo ima proti kjer kdo nekaj ta tem""",
    "sq": """e të në dhe për me një që nga se ka është është i u më do janë nuk por si edhe kjo ky kanë ai do ajo pas
        tij ata po ose deri kur tha ishte mund këtë duke sipas shumë të tjera jo vetëm saj pa tyre qenë sot disa""",
    "sr": """i je u na se da za su od s a o koji ne će koja kao što šta iz to bi koje ali sve do ili nije po tako već
        bio kako još može posle jer bila ako sam smo prema samo godine oko rekao pre kad biti zbog takođe njegov svoje
        bilo sada više tokom gde ima protiv između ovo kojih ovaj dana kaže ovde uvek neko ko vreme ipak nisu dok treba
        izjavio ove toga kada bez mora nego uz
        svako niko dve ceo deo reč mesto savet hiljada nedelje svetu poslednji predsednik""",
    "sv": """och i att det som en på är av för med den till har de inte om ett han men var jag sig från vi så kan när
        år under också efter eller nu vid hade mot då ska skulle hon där in ut mer blev alla kommer ha vara många upp
        över säger man bara mycket utan finns får även sedan hur sin få andra vad dem mellan blir än två varit dag enligt
        går ta detta innan denna dessa någon något några""",
    "sw": """ya na wa kwa ni katika la za kuwa hiyo huo hii huyo cha yake wake kama hayo lakini watu pia hilo baada
        alisema kutoka wakati sana mwaka amesema ambao ambayo hivyo zaidi au bila si wao mtu huku kila kabla wengine""",
    "tl": """ang ng sa na mga at ay si ni para hindi kay ito siya nila ko mo ako may kung ngunit dahil lang pa rin niya
        sila ating ayon naman mula kaya po din wala isang kanyang namin noong pero bilang aniya upang habang""",
    "tr": """ve bir bu da de için ile olarak çok daha olan sonra kadar gibi en ise var ancak ama ne o ya dedi olduğunu
        değil oldu yeni iki her göre ben biz şu büyük mi kendi ki olduğu tarafından yüzde önce diye bin hem türkiye
        nasıl bunu etti son etmek bütün aynı içinde üzerinde hiç veya şekilde yok edildi yıl yapılan onun sadece""",
    "vi": """và của là có cho không được các một những trong với người đã này để khi từ về đến ra ông vào cũng như đó
        tại năm theo nhiều trên nhưng sẽ hai phải ở thì sau hơn lại còn bị bà chỉ rất nếu vì việc đang đi nói do làm
        mà hay theo mọi người quyền bất nào vậy cả sự ấy tôi anh chị đó nhất đầu ngày tháng gì lúc nữa chưa cùng giữa
        bằng nên""",
}

CYRILLIC = {
    "be": """і ў на не што з як да у па гэта для ад было яго але ці быў за якія каб пра яны якая пры таксама толькі
        гэты быць таму яна мы былі дзе калі вельмі паводле яшчэ які беларусі ён сказаў""",
    "bg": """на и да за се в от с е по са че не които като до при към той но със през това си ще му който го което или
        беше още след има която може най само между бе във пред те ли вече тази бъде ги както една един както са били
        така защото много каза според обаче този""",
    "kk": """және бұл бір мен үшін деп да де болып туралы жылы осы қазақстан бар оның көп болды ол еді ғана емес соң
        кейін арқылы деді осындай сондай екі пен барлық""",
    "mk": """на и да во од за се со дека не е ќе ги што по но како кој до која кои го му има или се уште биде само тоа
        ја беше оваа овој меѓу при според нема може исто така најмногу година вели рече поради""",
    "mn": """нь байна гэж юм болон энэ бол байгаа байсан тэр хүн мөн их дээр уу гэсэн бид үед оны хийх ба болсон бөгөөд
        талаар хэлэв буюу эрх хүний мөн ямар ч өөрийн эдгээр тухай зэрэг бүх харин одоо дээрх""",
    "ru": """и в не на что с он по как это к но из у за от его так для о же все было мы бы до только или еще ещё если уже
        при чтобы был этом она они того также более их была после без году время под том сказал который может где были
        даже себя этого нет два со об будет лет чем которые перед между во один очень ли когда сообщил тем которая
        россии заявил""",
    "sr": """и је у на се да за су од са а о који не ће која као што шта из то би које али све до или није по тако већ
        био како још може после јер била ако сам смо према само године око рекао пре кад бити због такође његов своје
        било сада више током где има против између ово којих дана каже""",
    "uk": """і в не на що з він по як це до але із у за від його так для о ж все було ми та або ще якщо вже при щоб був
        цьому вона вони того також більше їх була після без році час під тому який може де були навіть про нас коли ці
        лише буде років ніж які перед між через дуже сказав тільки саме україни є""",
}

ARABIC = {
    "ar": """في من على أن إلى التي عن مع الذي هذا هذه ما لا كان بعد بين كما قد لم أو ذلك كل هو قال خلال وقد أي هي حيث
        منذ عند حتى كانت وفي وهو قبل إن غير يوم عام نحو إلا ولا لكن تم فيها أكثر""",
    "fa": """و در به از که این را با است برای آن یک شد خود تا کرد بر هم نیز گفت شده می باید های بود دو وی اما یا هر
        کند پس شود ها اگر چه آنها ما همه بین پیش سال کرده""",
    "ps": """د په او چې کې ته له دي هم دا يې سره کړې څخه به شي نه پر کړي وي يا شوي خو هغه لپاره چه وو ده""",
    "ur": """کے کی میں ہے اور سے کا کو اس نے کہ پر ہیں یہ بھی ایک ان تھا گیا جو لیے کر وہ تو ہو نہیں کیا تھے جس بعد ہی
        اپنے کہا رہے دیا تھی گئی ساتھ تک پاکستان""",
}

DEVANAGARI = {
    "hi": """के में है की को से का और ने पर हैं कि भी यह इस एक कर नहीं ही था हो तो लिए साथ गया थे किया इसके अपने बाद
        रहा कहा जा वह उन्होंने तक करने रहे थी या उनके जो""",
    "mr": """आहे आणि या हे ते की च्या होते तर मात्र असे आहेत केली केले नाही झाली मध्ये यांनी त्यांनी करण्यात असल्याचे
        यांच्या म्हणून त्यामुळे व ही तो झाले होती करून काही आपल्या""",
    "ne": """छ र को मा ले का भएको पनि गरेको गर्न लागि हो भने यो छन् गरी थियो तथा एक नै सो उनले बाट भएका त्यो गर्ने रहेको
        हुने तर गरिएको बताए नेपाल""",
}
