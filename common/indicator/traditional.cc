// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/traditional.h"

#include <array>
#include <string_view>

namespace duijie::indicator {
namespace {

// Pairs: the traditional form, the simplified one.
constexpr std::u32string_view kPairs =
    U"乾干來来個个備备傳传傷伤僅仅價价億亿儲储內内兩两凈净別别則则剝剥劃划劑剂動动務务區区啟启單单噸吨圍围圓"
    U"圆圖图塗涂"
    U"塵尘壓压壽寿學学實实寫写寬宽將将導导層层幾几廠厂廢废廣广張张強强彈弹後后徑径從从復复態态應应拋抛換换損"
    U"损擊击據据"
    U"擴扩攝摄數数斷断於于時时書书會会東东條条業业極极構构標标樹树機机檢检歐欧歲岁歷历殺杀氣气氫氢淨净減减測"
    U"测準准溫温"
    U"滅灭滌涤滾滚滿满漲涨漿浆澆浇濕湿濟济濾滤為为無无煙烟熱热燒烧爐炉牆墙獲获現现環环產产畝亩異异當当療疗盧"
    U"卢確确碼码"
    U"磚砖礦矿種种積积穩稳窯窑節节範范築筑簽签糧粮約约紋纹紗纱紙纸級级紡纺細细組组結结絲丝經经維维網网緊紧線"
    U"线緣缘縮缩"
    U"總总織织繼继續续纖纤聲声膠胶臺台與与華华萬万藝艺藥药處处號号蝕蚀蝦虾術术裝装製制規规視视覺觉計计訊讯設"
    U"设許许試试"
    U"誤误調调證证識识譜谱議议讀读變变豬猪貝贝負负貯贮費费貼贴資资質质車车軋轧軸轴載载輕轻輛辆輪轮輸输轉转農"
    U"农連连運运"
    U"過过達达選选邊边釘钉釩钒鈦钛鉆钻鉛铅鉬钼鉻铬銀银銅铜銑铣銷销銹锈鋁铝鋅锌鋰锂鋸锯鋼钢錫锡錳锰鍋锅鍍镀鍛"
    U"锻鎂镁鎘镉"
    U"鎢钨鎳镍鏈链鏜镗鏽锈鐵铁鑄铸鑽钻長长門门閉闭開开間间閥阀關关陰阴陽阳際际雙双雞鸡離离電电靈灵靜静韌韧響"
    U"响項项須须"
    U"頻频顆颗額额顏颜類类顯显飼饲養养餘余餵喂馬马驅驱驗验體体鬆松魚鱼鮮鲜鹼碱鹽盐點点齊齐齒齿齡龄";

constexpr char32_t kFirst = 0x4E00;
constexpr char32_t kLast = 0x9FFF;
using Table = std::array<char16_t, kLast - kFirst + 1>;

Table BuildTable() {
  Table table{};
  for (size_t i = 0; i + 1 < kPairs.size(); i += 2) {
    table[kPairs[i] - kFirst] = static_cast<char16_t>(kPairs[i + 1]);
  }
  return table;
}

}  // namespace

char32_t Simplified(char32_t rune) {
  static const Table table = BuildTable();
  if (rune < kFirst || rune > kLast) return rune;
  const char16_t simplified = table[rune - kFirst];
  return simplified == 0 ? rune : simplified;
}

}  // namespace duijie::indicator
