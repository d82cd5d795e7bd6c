#include "tests/aggregation/proposals.hpp"

#include <array>
#include <string_view>

namespace warsha::bench {

namespace {

using Words = std::array<std::string_view, 16>;

constexpr Words kDoingAr = {"إصلاح", "بناء",  "توسيع", "صيانة", "فتح",   "تجهيز", "تقريب", "مراقبة",
                            "تمويل", "رقمنة", "تنظيف", "ترميم", "تأمين", "تدبير", "إغلاق", "نقل"};
constexpr Words kThingAr = {"المستوصف",
                            "القنطرة",
                            "ملعب الحي",
                            "المكتبة",
                            "السوق الأسبوعي",
                            "محطة الحافلات",
                            "الحديقة",
                            "قسم التعليم الأولي",
                            "شبكة التطهير",
                            "بئر القرية",
                            "دار الشباب",
                            "مكتب الحالة المدنية",
                            "الطريق المؤدية إلى الدوار",
                            "إنارة الأزقة",
                            "مطرح النفايات",
                            "نادي الأطفال"};
constexpr Words kWhereAr = {"بحي السلام",       "بالمدينة القديمة", "في الجماعة القروية", "قرب الميناء",
                            "بدوار أولاد سعيد", "بمدخل المدينة",    "بالحي الصناعي",      "على ضفاف الوادي",
                            "بالمركز",          "وراء المسجد",      "قرب الثانوية",       "بحي الأمل",
                            "في السهل",         "في الجبل",         "على الساحل",         "قرب المحطة"};
constexpr Words kWhoAr = {"لفائدة النساء", "لفائدة التلاميذ", "للشيوخ",   "للأشخاص في وضعية إعاقة",
                          "للتجار الصغار", "للفلاحين",        "للصيادين", "للطلبة",
                          "للأسر",         "للسياح",          "للحرفيين", "للعاطلين",
                          "للرياضيين",     "للمرضى",          "للسائقين", "للجميع"};
constexpr Words kHowAr = {"قبل الشتاء",      "بشراكة مع القطاع الخاص",
                          "مع نشر الكلفة",   "بعد استشارة السكان",
                          "على مراحل",       "في أقرب وقت",
                          "بمواد محلية",     "مع تتبع شهري",
                          "طيلة السنة",      "بثمن رمزي",
                          "مع تكوين الحراس", "بطريقة شفافة",
                          "ليلا ونهارا",     "خلال العطلة",
                          "وفق دراسة تقنية", "بميزانية معلنة"};
constexpr Words kDoingFr = {"réparer",    "construire", "agrandir", "entretenir", "ouvrir",   "équiper",
                            "rapprocher", "surveiller", "financer", "numériser",  "nettoyer", "rénover",
                            "sécuriser",  "gérer",      "fermer",   "déplacer"};
constexpr Words kThingFr = {"le dispensaire",
                            "le pont",
                            "le terrain du quartier",
                            "la bibliothèque",
                            "le souk hebdomadaire",
                            "la gare routière",
                            "le jardin",
                            "la classe de préscolaire",
                            "le réseau d'assainissement",
                            "le puits du village",
                            "la maison de jeunes",
                            "le bureau d'état civil",
                            "la piste du douar",
                            "l'éclairage des ruelles",
                            "la décharge",
                            "le club des enfants"};
constexpr Words kWhereFr = {"au quartier Salam",      "dans la médina",      "dans la commune rurale",
                            "près du port",           "au douar Oulad Saïd", "à l'entrée de la ville",
                            "à la zone industrielle", "au bord de l'oued",   "au centre",
                            "derrière la mosquée",    "près du lycée",       "au quartier Amal",
                            "dans la plaine",         "à la montagne",       "sur la côte",
                            "près de la gare"};
constexpr Words kWhoFr = {"pour les femmes",
                          "pour les élèves",
                          "pour les aînés",
                          "pour les personnes handicapées",
                          "pour les petits commerçants",
                          "pour les agriculteurs",
                          "pour les pêcheurs",
                          "pour les étudiants",
                          "pour les familles",
                          "pour les touristes",
                          "pour les artisans",
                          "pour les chômeurs",
                          "pour les sportifs",
                          "pour les malades",
                          "pour les chauffeurs",
                          "pour tous"};
constexpr Words kHowFr = {
    "avant l'hiver", "avec le secteur privé", "en publiant le coût",       "après avis des habitants",
    "par étapes",    "au plus vite",          "avec des matériaux locaux", "avec un suivi mensuel",
    "toute l'année", "à un prix symbolique",  "en formant les gardiens",   "de façon transparente",
    "jour et nuit",  "pendant les vacances",  "selon une étude technique", "avec un budget annoncé"};

} // namespace

std::string ProposalMaker::fresh() {
  const bool arabic = random_() % 3 != 0;
  const auto pick = [&](const Words& ar, const Words& fr) {
    return std::string((arabic ? ar : fr)[random_() % 16]);
  };
  std::string text = pick(kDoingAr, kDoingFr);
  text += ' ' + pick(kThingAr, kThingFr);
  text += ' ' + pick(kWhereAr, kWhereFr);
  text += ' ' + pick(kWhoAr, kWhoFr);
  text += ' ' + pick(kHowAr, kHowFr);
  // A name of its own, as places and people have: without it the words of all proposals would be 320.
  text += arabic ? " - مشروع " : " - projet ";
  for (int i = 0; i < 3; ++i) {
    constexpr std::array<std::string_view, 12> kSyllables = {"با", "دي", "مو", "را", "سي", "لو",
                                                             "نا", "كي", "تو", "شا", "في", "زو"};
    constexpr std::array<std::string_view, 12> kLatin = {"ba", "di", "mo", "ra",  "si", "lo",
                                                         "na", "ki", "tu", "cha", "fi", "zo"};
    text += (arabic ? kSyllables : kLatin)[random_() % 12];
  }
  return text;
}

std::string ProposalMaker::next() {
  if (earlier_.empty() || random_() % 10 != 0)
    return earlier_ = fresh();
  std::string again = earlier_;
  const auto space = again.find(' ', again.size() / 3);
  if (space != std::string::npos)
    again.erase(space, again.find(' ', space + 1) - space);
  return again;
}

} // namespace warsha::bench
